import type * as z from "zod";
import { formWords } from "./model/form.ts";
import type { Words } from "./model/words.ts";

type Issue = z.core.$ZodIssue;
type Told = { readonly [Code in Issue["code"]]: (issue: Extract<Issue, { code: Code }>) => Words };

/** What a value of a kind is called, as zod names kinds. */
const kinds: Readonly<Record<string, Words>> = {
  string: { zh: "文字", en: "text" },
  number: { zh: "数", en: "a number" },
  int: { zh: "整数", en: "a whole number" },
  bigint: { zh: "整数", en: "a whole number" },
  boolean: { zh: "“true”或“false”", en: "true or false" },
  date: { zh: "日期", en: "a date" },
  array: { zh: "列表", en: "a list" },
  tuple: { zh: "列表", en: "a list" },
  set: { zh: "列表", en: "a list" },
  object: { zh: "一组键值", en: "keys with values" },
  record: { zh: "一组键值", en: "keys with values" },
  map: { zh: "一组键值", en: "keys with values" },
  file: { zh: "文件", en: "a file" },
  null: { zh: "空值", en: "null" },
  undefined: { zh: "不写", en: "left out" },
  void: { zh: "不写", en: "left out" },
  never: { zh: "不写", en: "left out" },
  nan: { zh: "非数", en: "not a number" },
  symbol: { zh: "符号", en: "a symbol" },
  function: { zh: "函数", en: "a function" },
  nonoptional: { zh: "不缺少的值", en: "a value" },
};

/** What a text of a format is called, as zod names formats; those that carry a text of their own are told by `ofFormat`. */
const formats = {
  email: { zh: "电子邮件地址", en: "an e-mail address" },
  url: { zh: "完整的网址", en: "a complete web address" },
  emoji: { zh: "表情符号", en: "an emoji" },
  uuid: { zh: "通用唯一识别码", en: "a UUID" },
  guid: { zh: "通用唯一识别码", en: "a GUID" },
  nanoid: { zh: "随机识别码“nanoid”", en: "a nanoid" },
  cuid: { zh: "随机识别码“cuid”", en: "a cuid" },
  cuid2: { zh: "随机识别码“cuid2”", en: "a cuid2" },
  ulid: { zh: "有序识别码“ULID”", en: "a ULID" },
  xid: { zh: "有序识别码“XID”", en: "an XID" },
  ksuid: { zh: "有序识别码“KSUID”", en: "a KSUID" },
  datetime: {
    zh: "带时区的时刻，如“2025-07-01T08:00:00+08:00”",
    en: "a moment with its zone, as 2025-07-01T08:00:00+08:00",
  },
  date: { zh: "历书上有的日期，如 2025-07-01", en: "a day of the calendar, as 2025-07-01" },
  time: { zh: "时刻，如 08:00:00", en: "a time of day, as 08:00:00" },
  duration: { zh: "时长，如“P1Y6M”", en: "a duration, as P1Y6M" },
  ipv4: { zh: "第四版网络地址，如 192.0.2.1", en: "an IPv4 address, as 192.0.2.1" },
  ipv6: { zh: "第六版网络地址，如“2001:db8::1”", en: "an IPv6 address, as 2001:db8::1" },
  cidrv4: { zh: "第四版网段，如 192.0.2.0/24", en: "an IPv4 range, as 192.0.2.0/24" },
  cidrv6: { zh: "第六版网段，如“2001:db8::/32”", en: "an IPv6 range, as 2001:db8::/32" },
  base64: { zh: "“base64”编码的文字", en: "a text in base64" },
  base64url: { zh: "“base64url”编码的文字", en: "a text in base64url" },
  json_string: { zh: "“JSON”文字", en: "a text in JSON" },
  e164: { zh: "国际格式的电话号码，如 +8613800000000", en: "an international telephone number, as +8613800000000" },
  credit_card: { zh: "信用卡号", en: "the number of a credit card" },
  iban: { zh: "国际银行账号", en: "an IBAN" },
  lowercase: { zh: "小写的文字", en: "a text in lower case" },
  uppercase: { zh: "大写的文字", en: "a text in upper case" },
  jwt: { zh: "签名令牌“JWT”", en: "a JWT" },
} as const satisfies Readonly<
  Record<Exclude<z.core.$ZodStringFormats, "regex" | "starts_with" | "ends_with" | "includes">, Words>
>;

/** Units in which the size of a value is counted; anything else is a number or a moment. */
const units: Readonly<Record<string, Words>> = {
  string: { zh: "个字符", en: "characters" },
  array: { zh: "项", en: "items" },
  set: { zh: "项", en: "items" },
  map: { zh: "项", en: "entries" },
  file: { zh: "字节", en: "bytes" },
};

/** Codes, names and numbers stand between quotation marks: they are no words of either language. */
const quote = {
  zh: (all: readonly unknown[]) => all.map((one) => `“${String(one)}”`).join("、"),
  en: (all: readonly unknown[]) => all.map((one) => `"${String(one)}"`).join(", "),
};

const should = ({ zh, en }: Words): Words => ({ zh: `应为${zh}`, en: `It should be ${en}` });

/** What a value of a kind is called: 整数, a whole number. */
export function kindWords(kind: string): Words {
  return kinds[kind] ?? { zh: `“${kind}”`, en: kind };
}

function oneOf(values: readonly unknown[]): Words {
  const [only] = values;
  if (values.length === 1) return should({ zh: quote.zh([only]), en: quote.en([only]) });
  return { zh: `应为${quote.zh(values)}之一`, en: `It should be one of ${quote.en(values)}` };
}

function ofFormat(issue: Extract<Issue, { code: "invalid_format" }>): Words {
  const { format } = issue;
  const parts: Readonly<Record<string, readonly [zh: string, en: string, part: unknown]>> = {
    regex: ["写法应合", "It should be written as", issue.pattern],
    starts_with: ["开头应为", "It should begin with", "prefix" in issue && issue.prefix],
    ends_with: ["结尾应为", "It should end with", "suffix" in issue && issue.suffix],
    includes: ["其中应有", "It should hold", "includes" in issue && issue.includes],
  };
  const told = parts[format];
  if (told) return { zh: `${told[0]}${quote.zh([told[2]])}`, en: `${told[1]} ${quote.en([told[2]])}` };
  const known: Readonly<Record<string, Words>> = formats;
  return should(known[format] ?? { zh: `“${format}”写法的文字`, en: `written as ${format}` });
}

type Bound = "least" | "more" | "most" | "less" | "exact";
const bounds: Readonly<Record<Bound, Readonly<Record<"number" | "size" | "date", readonly [zh: string, en: string]>>>> =
  {
    least: { number: ["不小于", "At least"], size: ["至少", "At least"], date: ["不早于", "Not before"] },
    more: { number: ["大于", "More than"], size: ["多于", "More than"], date: ["晚于", "After"] },
    most: { number: ["不大于", "At most"], size: ["至多", "At most"], date: ["不晚于", "Not after"] },
    less: { number: ["小于", "Less than"], size: ["少于", "Fewer than"], date: ["早于", "Before"] },
    exact: { number: ["应为", "Exactly"], size: ["应为", "Exactly"], date: ["应为", "Exactly"] },
  };

function bounded(bound: Bound, origin: string, limit: number | bigint): Words {
  const unit = units[origin];
  if (bound === "least" && unit && Number(limit) === 1) return { zh: "不能为空", en: "It cannot be empty" };
  if (origin === "date") {
    const [zh, en] = bounds[bound].date;
    const at = new Date(Number(limit)).toISOString();
    return { zh: `${zh}“${at}”`, en: `${en} ${at}` };
  }
  const [zh, en] = bounds[bound][unit ? "size" : "number"];
  return { zh: `${zh} ${limit}${unit ? ` ${unit.zh}` : ""}`, en: `${en} ${limit}${unit ? ` ${unit.en}` : ""}` };
}

function within(issue: Issue): Words {
  const { zh, en } = issueWords(issue);
  return issue.path.length > 0
    ? { zh: `“${issue.path.join(".")}”：${zh}`, en: `"${issue.path.join(".")}": ${en}` }
    : { zh, en };
}

const joined = (all: readonly Words[]): Words => ({
  zh: [...new Set(all.map(({ zh }) => zh))].join("；"),
  en: [...new Set(all.map(({ en }) => en))].join("; "),
});

function ofUnion(issue: Extract<Issue, { code: "invalid_union" }>): Words {
  if (issue.inclusive === false)
    return { zh: "应只合乎一种写法，现在合乎几种", en: "It should be of one form, and is of several" };
  if (issue.options && issue.options.length > 0) return oneOf(issue.options);
  const forms = joined(issue.errors.map((errors) => joined(errors.map(within))));
  return { zh: `应合乎下列之一：${forms.zh}`, en: `It should be one of these: ${forms.en}` };
}

const told: Told = {
  invalid_type: ({ expected, input }) =>
    input === undefined ? { zh: "缺少这一项", en: "It is missing" } : should(kindWords(expected)),
  invalid_value: ({ values }) => oneOf(values),
  too_big: ({ origin, maximum, inclusive, exact }) =>
    bounded(exact ? "exact" : inclusive ? "most" : "less", origin, maximum),
  too_small: ({ origin, minimum, inclusive, exact }) =>
    bounded(exact ? "exact" : inclusive ? "least" : "more", origin, minimum),
  invalid_format: ofFormat,
  not_multiple_of: ({ divisor }) => ({ zh: `应为 ${divisor} 的倍数`, en: `It should be a multiple of ${divisor}` }),
  unrecognized_keys: ({ keys }) => ({ zh: `没有这些项：${quote.zh(keys)}`, en: `Not known here: ${quote.en(keys)}` }),
  invalid_key: ({ issues }) => {
    const { zh, en } = joined(issues.map(within));
    return { zh: `键有误：${zh}`, en: `The key is wrong: ${en}` };
  },
  invalid_element: ({ key, issues }) => {
    const { zh, en } = joined(issues.map(within));
    return { zh: `${quote.zh([key])}有误：${zh}`, en: `${quote.en([key])} is wrong: ${en}` };
  },
  invalid_union: ofUnion,
  custom: () => ({ zh: "不合要求", en: "It is not as it should be" }),
};

/**
 * What would be right, in both languages, whatever zod has to say of a value. The issue holds the value (`reportInput`), so that what
 * is missing is told as missing. Words of a schema's own (`form`) go before general ones; an issue without has an empty message.
 */
export function issueWords(issue: Issue): Words {
  return issue.message === "" ? generalWords(issue) : formWords(issue.message);
}

/** What would be right, from what zod's issue says of the schema. */
export function generalWords(issue: Issue): Words {
  return (told[issue.code] as (issue: Issue) => Words)(issue);
}
