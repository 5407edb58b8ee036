import { beforeAll, describe, expect, it } from "vitest";
import { monthsBetween, yearsBetween } from "./calendar.ts";
import { type City, codesOf, openCity } from "./city.ts";
import { cells } from "./household-cells.ts";
import { role } from "./household-members.ts";
import { makePart } from "./make-part.ts";
import { readMarginals } from "./marginals.ts";
import type { Part } from "./part.ts";
import { planCity } from "./plan-city.ts";
import { householdSizeTargets } from "./rake.ts";

// One part of 131,072 people; expected values are the published figures of marginals.yaml.
const marginals = readMarginals();
let city: City;
let part: Part;
let rows: number[];
beforeAll(() => {
  city = openCity(planCity(11));
  part = makePart(city, { index: 0, first: 0, persons: 131_072 }, undefined).part;
  rows = Array.from({ length: part.persons }, (_, row) => row);
});

const share = (of: number[], test: (row: number) => boolean) => of.filter(test).length / of.length;
const value = (fact: string, row: number) => part.columns[fact]!.data[row]!;
const is = (fact: string, code: string) => {
  const number = codesOf(city, fact, code)[code]!;
  return (row: number) => value(fact, row) === number;
};
const known = (fact: string) => (row: number) =>
  ((part.columns[fact]!.unknown?.[row >>> 3] ?? 0) >>> (row & 7)) % 2 === 0;
const members = (h: number) => rows.slice(part.start[h], part.start[h + 1]);

/** Within so many percentage points of the figure. */
const near = (found: number, figure: number, points: number, what = "") => {
  expect(Math.abs(found - figure) * 100, `${what}: ${found} against ${figure}`).toBeLessThan(points);
};

describe("who lives in the city", () => {
  it("has the ages of the census", () => {
    const starts = Object.keys(marginals.ageShares)
      .map(Number)
      .sort((a, b) => a - b);
    starts.forEach((from, index) => {
      const until = starts[index + 1] ?? 200;
      near(
        share(rows, (row) => part.age[row]! >= from && part.age[row]! < until),
        marginals.ageShares[from]!,
        0.5,
        `${from}+`,
      );
    });
  });

  it("has the shares of hukou, and their ages", () => {
    near(
      share(rows, (row) => part.local[row] === 1),
      marginals.localShare,
      1,
    );
    const local = rows.filter((row) => part.local[row] === 1);
    near(
      share(local, (row) => part.age[row]! < 15),
      marginals.localAges.under15,
      1,
    );
    near(
      share(local, (row) => part.age[row]! >= 60),
      marginals.localAges.older,
      1,
    );
  });

  it("has the sex ratio of the census, and more women in old age", () => {
    near(
      share(rows, (row) => part.male[row] === 1),
      marginals.maleShare.all,
      0.6,
    );
    near(
      share(
        rows.filter((row) => part.age[row]! >= 60),
        (row) => part.male[row] === 1,
      ),
      marginals.maleShare.older,
      1,
    );
    near(
      share(
        rows.filter((row) => part.age[row]! >= 80),
        (row) => part.male[row] === 1,
      ),
      marginals.maleShare.oldest,
      3,
    );
  });

  it("has households of the census's mean size, spread as the nation's", () => {
    expect(part.persons / part.households).toBeCloseTo(marginals.householdMean, 1);
    const targets = householdSizeTargets(marginals).map((perResident) => perResident * marginals.householdMean);
    expect(targets.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 6);
    targets.forEach((target, index) => {
      const sizes = Array.from({ length: part.households }, (_, h) => Math.min(5, part.start[h + 1]! - part.start[h]!));
      near(sizes.filter((size) => size === index + 1).length / sizes.length, target, 1, `${index + 1} people`);
    });
  });

  it("has the older people who live alone", () => {
    const local = rows.filter((row) => part.local[row] === 1);
    const alone = share(local, (row) => part.age[row]! >= 60 && members(part.householdOf[row]!).length === 1);
    near(alone, marginals.aloneOlder, 0.4);
  });
});

describe("families", () => {
  it("have mothers who were between 20 and 46 years old at the birth", () => {
    const children = rows.filter((row) => part.mother[row]! >= 0);
    expect(children.length).toBeGreaterThan(10_000);
    const gaps = children.map((row) => monthsBetween(part.birth[part.mother[row]!]!, part.birth[row]!) / 12);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(19.9);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(46);
    expect(children.filter((row) => part.male[part.mother[row]!] !== 0)).toEqual([]);
  });

  it("have couples of near ages who are both of the age of marriage (22 and 20)", () => {
    const wives = rows.filter((row) => part.role[row] === role.spouse);
    const husbandOf = (wife: number) => part.start[part.householdOf[wife]!]!;
    const wrong = (wife: number) =>
      part.male[husbandOf(wife)] !== 1 || part.age[husbandOf(wife)]! < 22 || part.age[wife]! < 20;
    expect(wives.filter(wrong)).toEqual([]);
    const gaps = wives.map((wife) => monthsBetween(part.birth[husbandOf(wife)]!, part.birth[wife]!) / 12);
    expect(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length).toBeCloseTo(marginals.spouseGap.mean, 0);
    expect(gaps.filter((gap) => Math.abs(gap) <= 8).length / gaps.length).toBeGreaterThan(0.95);
  });

  it("never leave minors alone", () => {
    expect([...part.start.slice(0, -1)].filter((head) => part.age[head]! < 18)).toEqual([]);
  });

  it("have members of grandparent households a generation apart", () => {
    const grandchildren = rows.filter((row) => part.role[row] === role.grandchild);
    expect(grandchildren.length).toBeGreaterThan(100);
    for (const row of grandchildren) {
      expect(part.age[row]).toBeLessThan(18);
      expect(part.age[part.start[part.householdOf[row]!]!]! - part.age[row]!).toBeGreaterThanOrEqual(38);
    }
  });

  it("have children who were born after each other by at least nine months", () => {
    for (let h = 0; h < part.households; h++) {
      const births = members(h)
        .filter((row) => part.role[row] === role.child)
        .map((row) => value("birthDate", row))
        .sort((a, b) => a - b);
      births.slice(1).forEach((birth, index) => {
        expect(birth - births[index]!).toBeGreaterThan(270);
      });
    }
  });
});

describe("minors", () => {
  it("are not married, do not work, draw no pension and are not pregnant", () => {
    const minors = rows.filter((row) => part.age[row]! < 18);
    const wrong = (row: number) =>
      !is("maritalStatus", "single")(row) ||
      !is("maternityStage", "none")(row) ||
      value("drawsPension", row) !== 0 ||
      (part.age[row]! < 16 && value("monthlyIncome", row) !== 0);
    expect(minors.filter(wrong)).toEqual([]);
  });
});

describe("schooling", () => {
  it("follows the age on 1 September: primary from 6, junior from 11, upper from 15 (Shanghai's five and four years)", () => {
    const first = { primary: 6, junior: 11, senior: 15, vocational: 15, kindergarten: 3 };
    for (const [stage, from] of Object.entries(first)) {
      for (const row of rows.filter(is("schoolStage", stage))) {
        expect(value("schoolGrade", row)).toBe(yearsBetween(part.birth[row]!, 20_240_901) - from + 1);
      }
    }
  });

  it("takes nearly all children of the nine years", () => {
    const compulsory = rows.filter((row) => {
      const age = yearsBetween(part.birth[row]!, 20_240_901);
      return age >= 6 && age < 15;
    });
    expect(
      share(compulsory, (row) => is("schoolStage", "primary")(row) || is("schoolStage", "junior")(row)),
    ).toBeGreaterThan(0.995);
  });

  it("gives the published share of 16-59 a college degree or a place there", () => {
    const working = rows.filter((row) => part.age[row]! >= 16 && part.age[row]! < 60);
    near(
      share(working, (row) => part.tertiary[row] === 1 || is("schoolStage", "college")(row)),
      marginals.tertiary.working,
      4,
    );
  });
});

describe("work, pensions and income", () => {
  it("has the unemployment rate of the city", () => {
    const [unemployed, ...working] = ["unemployed", "employed", "flexible", "self-employed"].map((code) =>
      share(rows, is("employmentStatus", code)),
    );
    near(unemployed! / (unemployed! + working.reduce((sum, one) => sum + one, 0)), marginals.unemploymentRate, 1);
  });

  it("has older registered people in the pension schemes as published, and their mean pension", () => {
    const older = rows.filter((row) => part.age[row]! >= 60 && part.local[row] === 1);
    near(share(older, is("pensionScheme", "employee")), marginals.olderPension.employee, 1.5);
    near(share(older, is("pensionScheme", "residents")), marginals.olderPension.residents, 1.5);
    const drawn = older.filter((row) => is("pensionScheme", "employee")(row) && value("drawsPension", row) === 1);
    const mean = drawn.reduce((sum, row) => sum + value("monthlyPension", row), 0) / drawn.length / 100;
    expect(Math.abs(mean / marginals.pensionMean - 1)).toBeLessThan(0.03);
  });

  it("has the income a head of Shanghai within a tenth, less unequal than the nation with its villages", () => {
    const heads = Array.from({ length: part.households }, (_, h) => {
      const all = members(h).filter(known("monthlyIncome"));
      return { people: all.length, income: all.reduce((sum, row) => sum + value("monthlyIncome", row), 0) };
    });
    const total = heads.reduce((sum, { income }) => sum + income, 0);
    const people = heads.reduce((sum, one) => sum + one.people, 0);
    expect(Math.abs((total * 12) / 100 / people / marginals.incomePerHead - 1)).toBeLessThan(0.1);
    const perHead = heads
      .filter((one) => one.people > 0)
      .map((one) => one.income / one.people)
      .sort((a, b) => a - b);
    const fifth = Math.floor(perHead.length / 5);
    const mean = (list: number[]) => list.reduce((sum, one) => sum + one, 0) / list.length;
    const ratio = mean(perHead.slice(-fifth)) / mean(perHead.slice(0, fifth));
    expect(ratio).toBeGreaterThan(3);
    expect(ratio).toBeLessThan(marginals.quintiles[4]! / marginals.quintiles[0]!);
  });

  it("shares luck within the household: earnings of spouses go together", () => {
    const pairs = rows
      .filter((row) => part.role[row] === role.spouse && value("monthlyWage", row) > 0)
      .map((row) => [value("monthlyWage", row), value("monthlyWage", part.start[part.householdOf[row]!]!)] as const)
      .filter(([, husband]) => husband > 0)
      .map(([wife, husband]) => [Math.log(wife), Math.log(husband)] as const);
    expect(correlation(pairs)).toBeGreaterThan(0.15);
  });
});

describe("health and need", () => {
  it("has disability and dependence rise with age, and the published share of severe grades", () => {
    const rate = (from: number, until: number, test: (row: number) => boolean) =>
      share(
        rows.filter((row) => part.age[row]! >= from && part.age[row]! < until),
        test,
      );
    const disabled = (row: number) => !is("disabilityGrade", "none")(row);
    expect(rate(60, 75, disabled)).toBeGreaterThan(rate(20, 40, disabled));
    const dependent = (row: number) => !is("selfCare", "able")(row);
    expect(rate(85, 120, dependent)).toBeGreaterThan(rate(75, 85, dependent));
    expect(rate(75, 85, dependent)).toBeGreaterThan(rate(60, 70, dependent));
    // Between the two surveys: 12.5 % (2014) and 18.3 % (2015) of 60+ with some dependence.
    expect(rate(60, 120, dependent)).toBeGreaterThan(0.08);
    expect(rate(60, 120, dependent)).toBeLessThan(0.183);
    const all = rows.filter(disabled);
    near(
      share(all, (row) => is("disabilityGrade", "1")(row) || is("disabilityGrade", "2")(row)),
      marginals.severeShare,
      3,
    );
  });

  it("has the prevalence of hypertension and diabetes among adults, counting those not diagnosed", () => {
    const adults = rows.filter((row) => part.age[row]! >= 18);
    for (const fact of ["hypertension", "diabetes"] as const) {
      near(share(adults, (row) => value(fact, row) === 1) / marginals[fact].diagnosed, marginals[fact].all, 3.5, fact);
    }
  });

  it("has pregnant and lately delivered women of 18 to 49 only, and each infant's mother is among them", () => {
    for (const row of rows.filter((one) => !is("maternityStage", "none")(one))) {
      expect(part.male[row]).toBe(0);
      expect(part.age[row]).toBeGreaterThanOrEqual(18);
      expect(part.age[row]).toBeLessThanOrEqual(49);
    }
    for (const row of rows.filter((one) => part.age[one] === 0 && part.mother[one]! >= 0)) {
      expect(is("maternityStage", "postpartum")(part.mother[row]!)).toBe(true);
    }
  });

  it("has a small register of subsistence among registered people", () => {
    const local = rows.filter((row) => part.local[row] === 1);
    const onRegister = share(local, is("assistanceStatus", "subsistence"));
    expect(onRegister).toBeGreaterThan(0.005);
    expect(onRegister).toBeLessThan(0.03);
  });
});

describe("places", () => {
  it("put a tenth of the people in rural towns, as in Shanghai (89.3 % urban)", () => {
    near(
      share(rows, (row) => city.places.towns[part.town[part.householdOf[row]!]!]!.rural),
      0.107,
      1.5,
    );
  });

  it("keep a household at one place in its town", () => {
    const far = (row: number) => {
      const h = part.householdOf[row]!;
      const town = city.places.towns[part.town[h]!]!;
      return Math.hypot(part.x[h]! - town.x, part.y[h]! - town.y) > town.radius * 1.1 + 1700;
    };
    expect(rows.filter((row) => far(row) || value("residenceArea", row) !== part.town[part.householdOf[row]!])).toEqual(
      [],
    );
  });

  it("give local hukou within the city and other hukou in other provinces", () => {
    const here = (row: number) => city.areas[value("hukouArea", row)]!.startsWith("cn-3199");
    expect(rows.filter((row) => here(row) !== (part.local[row] === 1))).toEqual([]);
    const ofOthers = rows.filter((row) => !cells[part.cell[part.householdOf[row]!]!]!.local);
    expect(ofOthers.filter((row) => part.local[row] === 1)).toEqual([]);
  });
});

function correlation(pairs: readonly (readonly [number, number])[]): number {
  const mean = (index: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[index], 0) / pairs.length;
  const [x, y] = [mean(0), mean(1)];
  const sums = pairs.map(([a, b]) => [(a - x) * (b - y), (a - x) ** 2, (b - y) ** 2] as const);
  const total = (index: 0 | 1 | 2) => sums.reduce((sum, one) => sum + one[index], 0);
  return total(0) / Math.sqrt(total(1) * total(2));
}
