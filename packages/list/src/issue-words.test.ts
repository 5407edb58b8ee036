import { expect, test } from "vitest";
import * as z from "zod";
import { generalWords } from "./issue-words.ts";
import { form } from "./model/form.ts";
import { faultLine, readValue } from "./read-value.ts";

type Code = z.core.$ZodIssueCode;
type Case = readonly [schema: z.ZodType, value: unknown, zh: string, en: string];

const at = new Date("2026-01-02T00:00:00Z");

/** Of every kind of issue that zod can raise, values that raise it and what is told. */
const cases: Readonly<Record<Code, readonly Case[]>> = {
  invalid_type: [
    [z.string(), 1, "应为文字", "It should be text"],
    [z.coerce.number(), "many", "应为数", "It should be a number"],
    [z.int(), 1.5, "应为整数", "It should be a whole number"],
    [z.string(), undefined, "缺少这一项", "It is missing"],
    [z.boolean(), null, "应为“true”或“false”", "It should be true or false"],
    [z.instanceof(URL), 1, "应为“URL”", "It should be URL"],
    [z.never(), 1, "应为不写", "It should be left out"],
  ],
  invalid_value: [
    [z.enum(["clinic", "market"]), "x", "应为“clinic”、“market”之一", 'It should be one of "clinic", "market"'],
    [z.literal("cn"), "x", "应为“cn”", 'It should be "cn"'],
  ],
  too_big: [
    [z.number().max(500), 501, "不大于 500", "At most 500"],
    [z.number().lt(5), 5, "小于 5", "Less than 5"],
    [z.string().max(2), "abc", "至多 2 个字符", "At most 2 characters"],
    [z.array(z.int()).length(1), [1, 2], "应为 1 项", "Exactly 1 items"],
    [
      z.date().max(at),
      new Date("2026-02-01T00:00:00Z"),
      `不晚于“${at.toISOString()}”`,
      `Not after ${at.toISOString()}`,
    ],
  ],
  too_small: [
    [z.number().min(1), 0, "不小于 1", "At least 1"],
    [z.number().gt(1), 1, "大于 1", "More than 1"],
    [z.string().min(1), "", "不能为空", "It cannot be empty"],
    [z.set(z.int()).min(2), new Set([1]), "至少 2 项", "At least 2 items"],
  ],
  invalid_format: [
    [
      z.iso.date(),
      "2026-02-30",
      "应为历书上有的日期，如 2025-07-01",
      "It should be a day of the calendar, as 2025-07-01",
    ],
    [z.string().regex(/^\d+$/), "a", "写法应合“/^\\d+$/”", 'It should be written as "/^\\d+$/"'],
    [z.string().startsWith("cn-"), "a", "开头应为“cn-”", 'It should begin with "cn-"'],
    [z.string().endsWith(".csv"), "a", "结尾应为“.csv”", 'It should end with ".csv"'],
    [z.string().includes("@"), "a", "其中应有“@”", 'It should hold "@"'],
    [z.string().regex(/^a/, form("以“a”开头", "begins with a")), "b", "以“a”开头", "begins with a"],
    [
      z.stringFormat("shelf-mark", () => false),
      "b",
      "应为“shelf-mark”写法的文字",
      "It should be written as shelf-mark",
    ],
  ],
  not_multiple_of: [[z.number().multipleOf(5), 7, "应为 5 的倍数", "It should be a multiple of 5"]],
  unrecognized_keys: [[z.strictObject({}), { a: 1, b: 2 }, "没有这些项：“a”、“b”", 'Not known here: "a", "b"']],
  invalid_key: [
    [
      z.record(z.string().min(2), z.int()),
      { a: 1 },
      "键有误：至少 2 个字符",
      "The key is wrong: At least 2 characters",
    ],
  ],
  invalid_element: [
    [
      z.map(z.boolean(), z.int()),
      new Map([[true, 1.5]]),
      "“true”有误：应为整数",
      '"true" is wrong: It should be a whole number',
    ],
  ],
  invalid_union: [
    [
      z.union([z.int(), z.null()]),
      1.5,
      "应合乎下列之一：应为整数；应为空值",
      "It should be one of these: It should be a whole number; It should be null",
    ],
    [
      z.union([z.object({ n: z.int() }), z.null()]),
      { n: 1.5 },
      "应合乎下列之一：“n”：应为整数；应为空值",
      'It should be one of these: "n": It should be a whole number; It should be null',
    ],
    [
      z.discriminatedUnion("deed", [z.object({ deed: z.literal("add") }), z.object({ deed: z.literal("close") })]),
      { deed: "x" },
      "应为“add”、“close”之一",
      'It should be one of "add", "close"',
    ],
    [z.xor([z.int(), z.number()]), 1, "应只合乎一种写法，现在合乎几种", "It should be of one form, and is of several"],
  ],
  custom: [
    [z.int().refine(() => false), 1, "不合要求", "It is not as it should be"],
    [z.int().refine(() => false, form("不为闰年", "no leap year")), 1, "不为闰年", "no leap year"],
  ],
};

test.each(Object.entries(cases).flatMap(([code, all]) => all.map((one) => [code, ...one] as const)))(
  "%s",
  (code, schema, value, zh, en) => {
    expect(schema.safeParse(value).error?.issues.map((issue) => issue.code)).toEqual([code]);
    const read = readValue(schema, value);
    expect(read.ok ? [] : read.faults.map(({ words }) => words)).toEqual([{ zh, en }]);
  },
);

/** What is left of a Chinese text without what stands between quotation marks: codes, names, examples. */
const unquoted = (zh: string) => zh.replace(/“[^”]*”/g, "");

const formats: Readonly<Record<z.core.$ZodStringFormats, true>> = {
  ...{ email: true, url: true, emoji: true, uuid: true, guid: true, nanoid: true, cuid: true, cuid2: true, ulid: true },
  ...{ xid: true, ksuid: true, datetime: true, date: true, time: true, duration: true, ipv4: true, ipv6: true },
  ...{ cidrv4: true, cidrv6: true, base64: true, base64url: true, json_string: true, e164: true, credit_card: true },
  ...{ iban: true, lowercase: true, uppercase: true, regex: true, jwt: true, starts_with: true, ends_with: true },
  includes: true,
};
const types = ["string", "number", "int", "boolean", "bigint", "symbol", "undefined", "null", "never", "void", "date"];
const containers = ["array", "object", "tuple", "record", "map", "set", "file", "nonoptional", "nan", "function"];
const issues = [
  ...Object.keys(formats).map((format) => ({ code: "invalid_format", format, pattern: "", prefix: "", suffix: "" })),
  ...[...types, ...containers].map((expected) => ({ code: "invalid_type", expected, input: 1 })),
  ...["number", "int", "bigint", "date", "string", "array", "set", "map", "file"].flatMap((origin) =>
    [true, false].flatMap((inclusive) => [
      { code: "too_big", origin, maximum: 3, inclusive },
      { code: "too_small", origin, minimum: 3, inclusive },
      { code: "too_big", origin, maximum: 3, inclusive, exact: true },
    ]),
  ),
];

test.each(issues.map((issue) => [JSON.stringify(issue), issue] as const))("%s is told in each language", (_, issue) => {
  const { zh, en } = generalWords({ path: [], message: "", ...issue } as unknown as z.core.$ZodIssue);
  expect(zh).toMatch(/\p{Script=Han}/u);
  expect(unquoted(zh)).not.toMatch(/[a-z]/i);
  expect(en).toMatch(/^[\p{ASCII}]+$/u);
  expect(`${zh}${en}`).not.toMatch(/undefined|object Object|NaN/);
});

test("all faults of a value stand in one line with their places", () => {
  const read = readValue(z.object({ size: z.int().max(5), of: z.array(z.string()) }), { size: 6, of: ["a", 1] });
  expect(read.ok ? undefined : faultLine(read.faults)).toEqual({
    zh: "size: 不大于 5; of.1: 应为文字",
    en: "size: At most 5; of.1: It should be text",
  });
  expect(readValue(z.int(), 3)).toEqual({ ok: true, value: 3 });
});
