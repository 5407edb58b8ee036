/** Well-typed rules over the facts of the club, for tests that compare two ways of answering. */

type Random = () => number;

const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
const small = (random: Random) => Math.floor(random() * 100);

/** FEEL of money a month. `member` reads facts of a member in place of the subject's. */
export function money(random: Random, depth: number, prefix = ""): string {
  const leaf = [
    `${prefix}income`,
    "line",
    `${small(random) * 10}`,
    `${small(random)}.${small(random) % 10}5`,
    ...(prefix === "" ? ['courtRate("junior")', "sum(members.income)", "max(members.income)"] : []),
  ];
  if (depth <= 0) return pick(random, leaf);
  const inner = () => money(random, depth - 1, prefix);
  const forms = [
    () => `(${inner()} + ${inner()})`,
    () => `(${inner()} - ${inner()})`,
    () => `min(${inner()}, ${inner()})`,
    () => `max([${inner()}, ${inner()}])`,
    () => `abs(${inner()})`,
    () => `(if ${condition(random, depth - 1, prefix)} then ${inner()} else ${inner()})`,
    () =>
      `${pick(random, ["round half up", "round half down", "round up", "round down", "decimal"])}(${ratio(random, prefix)}, ${pick(random, ["2", "0", "-1"])})`,
    () => `${pick(random, ["floor", "ceiling"])}(${ratio(random, prefix)})`,
    () => `modulo(${inner()}, ${1 + small(random)})`,
    ...(prefix === ""
      ? [
          () => `sum(members[${condition(random, depth - 1, "")}].income)`,
          () => `sum(for m in members return ${money(random, 1, "m.")})`,
          () => `min(members.income)`,
          () => `courtRate(if level = "none" then "senior" else level)`,
        ]
      : []),
  ];
  return pick(random, forms)();
}

/** A quotient or product in money a month. */
function ratio(random: Random, prefix: string): string {
  return pick(random, [
    () => `${prefix}income / count(members)`,
    () => `${prefix}income * discount`,
    () => `line * ${small(random)} / ${1 + small(random)}`,
    () => `(${prefix}income - line) * 0.35 / 3`,
    () => `-${prefix}income / max(${prefix}wins, 1)`,
    () => `${prefix}income / 7 + line / count(members)`,
  ])();
}

/** FEEL of a condition. */
export function condition(random: Random, depth: number, prefix = ""): string {
  const leaf = [
    () => `${prefix}plays`,
    () => `${prefix}level = "${pick(random, ["none", "junior", "senior"])}"`,
    () => `${prefix}level in ("none", "senior")`,
    () => `within(${prefix}home, "${pick(random, ["cn-31", "cn-310104", "cn"])}")`,
    () => `${prefix}home ${pick(random, ["=", "!="])} "cn-310101"`,
    () => `${prefix}age ${pick(random, ["<", "<=", "=", "!=", ">", ">="])} ${small(random) - 2}`,
    () => `${prefix}ageInMonths ${pick(random, ["<", ">=", "="])} ${small(random) * 5 - 10}`,
    () => `${prefix}age in [${small(random) % 40}..${40 + (small(random) % 60)})`,
    () => `${prefix}wins between ${small(random) % 5} and ${5 + small(random)}`,
    () => `${prefix}hours <= ${small(random) / 2}`,
    () => `space / count(members) ${pick(random, ["<=", ">"])} ${small(random) % 30}`,
    () => `${prefix}birthDate < date("20${10 + (small(random) % 80)}-02-28")`,
    () => `${prefix}birthDate + duration("P${1 + (small(random) % 30)}M") > asOf`,
    () => `${prefix}birthDate.${pick(random, ["year >= 1990", "month = 2", "day > 28"])}`,
    () => `(asOf - ${prefix}birthDate).days > ${small(random) * 200}`,
    () => `${prefix}age + ${small(random) % 3} > ${prefix}wins * 0.5`,
    () => calendar(random, prefix),
    () => rewritten(random, prefix),
    () => text(random, prefix),
    () => writtenOut(random, prefix),
  ];
  if (depth <= 0) return pick(random, leaf)();
  const inner = () => condition(random, depth - 1, prefix);
  const forms = [
    () => `(${inner()} and ${inner()})`,
    () => `(${inner()} or ${inner()})`,
    () => `not(${inner()})`,
    () => `(if ${inner()} then ${inner()} else ${inner()})`,
    () =>
      `${money(random, depth - 1, prefix)} ${pick(random, ["<", "<=", ">", ">=", "=", "!="])} ${money(random, depth - 1, prefix)}`,
    () => `${ratio(random, prefix)} ${pick(random, ["<", "<=", ">", ">="])} ${ratio(random, prefix)}`,
    ...(prefix === ""
      ? [
          () => `(${pick(random, ["some", "every"])} m in members satisfies ${condition(random, depth - 1, "m.")})`,
          () => `(some m in members satisfies m.income ${pick(random, ["<", ">"])} income)`,
          () =>
            `count(members[${condition(random, depth - 1)}]) ${pick(random, [">=", "=", "<"])} ${small(random) % 4}`,
        ]
      : []),
  ];
  return pick(random, forms)();
}

/** Dates reckoned with, durations and periods. */
function calendar(random: Random, prefix: string): string {
  const date = `${prefix}birthDate`;
  const n = small(random);
  return pick(random, [
    () => `day of week(${date}) in ("Monday", "Sunday")`,
    () => `${date}.weekday > ${n % 7}`,
    () => `day of year(${date}) <= ${n * 4}`,
    () => `month of year(${date}) = "February"`,
    () => `${date} > date(asOf.year - ${n}, ${1 + (n % 12)}, ${1 + (n % 28)})`,
    () => `date(${date}.year, ${date}.month, 1) + @"P1M" * ${n} - @"P1D" < asOf`,
    () => `max(${date}, @"19${10 + (n % 80)}-01-31") < asOf - @"P30Y"`,
    () => `@"P1M" * ${prefix}wins - @"P5M" ${pick(random, ["<", ">=", "="])} @"P${n}M"`,
    () => `(asOf - ${date}) * 2 > @"P${n * 300}D"`,
    () => `years and months duration(${date}, asOf) / ${1 + (n % 9)} < @"P${n}M"`,
    () => `overlaps([${date}..${date} + @"P1Y" * ${n}], [@"2000-01-01"..@"2010-12-31"))`,
  ])();
}

/** Codes as texts: of one fact, of two, and as numbers. */
function text(random: Random, prefix: string): string {
  const level = `${prefix}level`;
  const letters = pick(random, ["n", "or", "se", "junior", ""]);
  const n = small(random);
  return pick(random, [
    () => `${pick(random, ["starts with", "ends with", "contains"])}(${level}, "${letters}")`,
    () => `matches(${level}, "^[j-n].*${letters}")`,
    () => `substring(${level}, ${1 + (n % 4)}) ${pick(random, ["<", ">=", "="])} substring(${level}, -${1 + (n % 4)})`,
    () => `string length(${level}) + ${prefix}wins > ${n}`,
    () => `string length(${level}) = string length(day of week(${prefix}birthDate))`,
    () => `string(${level}) ${pick(random, ["<", "<=", ">", ">="])} "${letters}"`,
    () => `lower case(day of week(${prefix}birthDate)) < string(${level})`,
    () => `contains(${level} + "-" + string(${prefix}plays), "${pick(random, ["r-t", "e-f", "or-"])}")`,
    () => `substring before(replace(${level}, "[ou]", "-"), "-") in ("j", "n", "seni")`,
    () => `number(string length(string join([${level}, month of year(asOf)], "+"))) < ${n % 16}`,
    () => `(if ${prefix}plays then upper case(${level}) else string(${level})) < "a"`,
  ])();
}

/** Lists and contexts that are written out. */
function writtenOut(random: Random, prefix: string): string {
  const wins = `${prefix}wins`;
  const n = small(random);
  return pick(random, [
    () => `median([${wins}, ${n}, count(members), 5, 2]) ${pick(random, ["<", ">="])} ${n % 7}`,
    () => `[${wins}, ${prefix}level] ${pick(random, ["=", "!="])} [${n % 4}, "junior"]`,
    () => `[${wins}, count(members)] in [[${n}, 2], [${n % 5}, 1], [${n % 5}, 2]]`,
    () => `{a: ${wins} + 1, b: a * 2}.b > ${n}`,
    () => `sum(sublist(append([${wins}, ${n}], count(members)), ${pick(random, ["2", "1, 2", "-2"])})) < ${n + 5}`,
    () => `context put({a: ${wins}, b: ${n}}, "b", count(members)) = {a: ${n % 5}, b: 2}`,
    () => `(every x in flatten([[${wins}], [${n}, [count(members)]]]) satisfies x > ${n % 9})`,
    () => `list contains(reverse([[${prefix}plays], [true]]), [${prefix}level = "none"])`,
    () => `(for x in [[${wins}, 1], [count(members), 2]] return x[1] * x[2])[${1 + (n % 2)}] >= ${n}`,
  ])();
}

/** Functions that are rewritten to others. */
function rewritten(random: Random, prefix: string): string {
  const n = small(random);
  const wins = `${prefix}wins`;
  return pick(random, [
    () => `${pick(random, ["even", "odd"])}(${wins} + ${n})`,
    () => `${wins} ** 2 ${pick(random, ["<", ">="])} ${n} ** 2`,
    () => `(${pick(random, ["some", "every"])} x in [${n}, count(members), 40] satisfies x > ${wins})`,
    () => `list contains([${n}, count(members)], ${wins})`,
    () => `mean([${wins}, count(members), ${n}]) > 20`,
    () => `product(for x in 1..3 return ${wins} - x * ${n}) > 0`,
    () => `modulo(${wins}, -7) = -${n % 7}`,
    () => `during(${wins}, [${n % 30}..${30 + n}))`,
    () => `finishes([${wins}..${n}], [count(members)..${n}])`,
  ])();
}

function quoted(text: string): string {
  return `'${text}'`;
}

function table(random: Random): string {
  const policy = pick(random, [
    "hitPolicy: F",
    "hitPolicy: P",
    ...["SUM", "MIN", "MAX"].map((way) => `hitPolicy: C\n      aggregation: ${way}`),
  ]);
  const row = (at: number) => {
    const cells = [
      pick(random, ['"junior"', "-", 'not("none")', '"none", "senior"']),
      pick(random, ["> 3", "[2..40]", "-", "< 10, > 50"]),
    ];
    return `        - { when: [${cells.map(quoted).join(", ")}], amount: ${quoted(money(random, 1))}, code: row-${at}, zh: 行, en: Row }`;
  };
  return `
    table:
      ${policy}
      inputs: [{ expression: level, zh: 水平, en: Level }, { expression: wins, zh: 胜场, en: Wins }]
      rules:
${Array.from({ length: 1 + Math.floor(random() * 4) }, (_, at) => row(at)).join("\n")}`;
}

/** So many rules of any shape, by item. Household rules come under slugs the club's interactions do not name. */
export function randomRules(random: Random, count: number): Readonly<Record<string, string>> {
  const slugs = ["means-test", "age-bands", "court-rate", "gift", "coaching", "ladder", "lessons", "lodging"];
  const rules = slugs.slice(0, count).map((slug) => {
    const household = slug === "means-test" || slug === "lodging" || (slug === "lessons" && random() < 0.5);
    const conditions = Array.from(
      { length: Math.floor(random() * 4) },
      (_, at) => `\n      - { code: c${at}, test: ${quoted(condition(random, 2))}, zh: 条件, en: Condition }`,
    ).join("");
    const parts = `
    parts:
      - { code: a, zh: 甲, en: A, amount: ${quoted(`max(0, ${money(random, 1)})`)} }
      - { code: b, zh: 乙, en: B, amount: ${quoted(`max(0, ${money(random, 1)})`)} }`;
    const amount = `
    amount: ${quoted(money(random, 3))}`;
    const paid = slug === "ladder" ? amount : pick(random, [amount, amount, table(random), parts, ""]);
    return [
      slug,
      `
    subject: ${household ? "household" : "person"}
    area: home
    per: month
    conditions:${conditions === "" ? " []" : conditions}${paid}`,
    ] as const;
  });
  return Object.fromEntries(rules);
}
