import type * as z from "zod";
import { type Finding, LIST_FINDINGS, type ListFindingCode, listFinding } from "./finding.ts";
import { generalWords, kindWords } from "./issue-words.ts";
import { formWords } from "./model/form.ts";
import { nearestName } from "./nearest-name.ts";
import type { Path, YamlFile } from "./yaml-file.ts";

type Issue = z.core.$ZodIssue;

/** Reads a part of a file by a schema: the typed value, or what is wrong with it, each fault at its place. */
export function readPart<T>(
  schema: z.ZodType<T>,
  file: YamlFile,
  path: Path,
  value: unknown,
): { value?: T; findings: Finding[] } {
  const result = schema.safeParse(value, { error: knownKeys });
  if (result.success) return { value: result.data, findings: [] };
  return { findings: result.error.issues.flatMap((issue) => issueFindings(issue, file, path, value)) };
}

/** An issue about unknown keys carries the known ones as its message. */
function knownKeys(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code !== "unrecognized_keys") return undefined;
  const { def } = (issue.inst as z.core.$ZodObject)._zod;
  return Object.keys(def.shape).join(" ");
}

function issueFindings(issue: Issue, file: YamlFile, base: Path, root: unknown): Finding[] {
  const path = [...base, ...issue.path];
  const input = issue.path.reduce<unknown>((value, step) => (value as Record<PropertyKey, unknown>)?.[step], root);
  if (issue.code === "unrecognized_keys") {
    const known = issue.message.split(" ");
    return issue.keys.map((key) => unknownKey(key, known, file, [...path, key]));
  }
  if (input === undefined && issue.code !== "custom") return [missingKey(file, path)];
  if (issue.code === "invalid_union") return unionFindings(issue, file, path, input);
  return [plainFinding(issue, file, path, input)];
}

function unknownKey(key: string, known: readonly string[], file: YamlFile, path: Path): Finding {
  const near = nearestName(key, known);
  return listFinding(
    "LIST-UNKNOWN-KEY",
    file.place(path, "key"),
    [`没有“${key}”这个键`, `There is no key "${key}" here`],
    near
      ? [`是不是“${near}”？`, `Did you mean "${near}"?`]
      : [`可用的键：${known.join("、")}`, `Known keys: ${known.join(", ")}`],
  );
}

function missingKey(file: YamlFile, path: Path): Finding {
  const key = String(path.at(-1));
  return listFinding(
    "LIST-MISSING-KEY",
    file.place(path.slice(0, -1)),
    [`缺少“${key}”`, `"${key}" is missing`],
    [`补上“${key}”`, `Add "${key}"`],
  );
}

/** Of the ways in which a value may be written, tells what is wrong with the one that was meant. */
function unionFindings(
  issue: Extract<Issue, { code: "invalid_union" }>,
  file: YamlFile,
  path: Path,
  input: unknown,
): Finding[] {
  if (issue.errors.length === 0) {
    const options = "options" in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
    return [wrongValue(input, options, file, path)];
  }
  const meant = issue.errors
    .filter((errors) => !errors.some((error) => error.path.length === 0 && error.code === "invalid_type"))
    .sort((a, b) => a.length - b.length)[0];
  if (meant) return meant.flatMap((error) => issueFindings(error, file, path, input));
  const expected = issue.errors.flatMap((errors) =>
    errors.flatMap((error) => (error.code === "invalid_type" ? [error.expected] : [])),
  );
  return [wrongType([...new Set(expected)], input, file, path)];
}

function plainFinding(issue: Issue, file: YamlFile, path: Path, input: unknown): Finding {
  switch (issue.code) {
    case "invalid_type":
      return wrongType([issue.expected], input, file, path);
    case "invalid_value":
      return wrongValue(input, issue.values.map(String), file, path);
    case "invalid_format":
    case "invalid_key":
      return wrongForm(issue, file, path, input);
    case "custom":
      return customFinding(issue, file, path, input);
    default:
      return outOfRange(issue, file, path, input);
  }
}

function typeOf(input: unknown): string {
  if (input === null) return "null";
  return Array.isArray(input) ? "array" : typeof input;
}

function wrongType(expected: readonly string[], input: unknown, file: YamlFile, path: Path): Finding {
  const { zh, en } = kindWords(typeOf(input));
  const wanted = expected.map(kindWords);
  const quote = expected.includes("string") && typeof input === "number";
  return listFinding(
    "LIST-WRONG-TYPE",
    file.place(path),
    [`${label(path)} 是${zh}`, `${label(path)} is ${en}`],
    [
      `应当是${wanted.map((one) => one.zh).join("或")}${quote ? `：加引号写成 "${input}"` : ""}`,
      `It should be ${wanted.map((one) => one.en).join(" or ")}${quote ? `: write "${input}" with quotes` : ""}`,
    ],
  );
}

function wrongValue(input: unknown, values: readonly string[], file: YamlFile, path: Path): Finding {
  const near = typeof input === "string" ? nearestName(input, values) : undefined;
  return listFinding(
    "LIST-WRONG-VALUE",
    file.place(path),
    [`${label(path)} 不能是“${String(input)}”`, `${label(path)} cannot be "${String(input)}"`],
    near
      ? [
          `是不是“${near}”？可用的值：${values.join("、")}`,
          `Did you mean "${near}"? Known values: ${values.join(", ")}`,
        ]
      : [`可用的值：${values.join("、")}`, `Known values: ${values.join(", ")}`],
  );
}

function wrongForm(issue: Issue, file: YamlFile, path: Path, input: unknown): Finding {
  const inner = issue.code === "invalid_key" ? issue.issues[0]?.message : undefined;
  const words = formWords(inner ?? issue.message);
  const text = issue.code === "invalid_key" ? String(path.at(-1)) : String(input);
  return listFinding(
    "LIST-WRONG-FORM",
    file.place(path, issue.code === "invalid_key" ? "key" : "value"),
    [`${label(path)} 写法不对：“${text}”`, `${label(path)} is not written rightly: "${text}"`],
    [`应当是：${words.zh}`, `It should be: ${words.en}`],
  );
}

function outOfRange(issue: Issue, file: YamlFile, path: Path, input: unknown): Finding {
  const bound = generalWords(issue);
  const shown = typeof input === "number" ? ` ${input}` : "";
  return listFinding(
    "LIST-OUT-OF-RANGE",
    file.place(path),
    [`${label(path)}${shown} 超出范围`, `${label(path)}${shown} is out of range`],
    [bound.zh, bound.en],
  );
}

function customFinding(issue: Extract<Issue, { code: "custom" }>, file: YamlFile, path: Path, input: unknown): Finding {
  const code = issue.params?.finding as ListFindingCode | undefined;
  if (code === "LIST-MONEY-DECIMALS") {
    return listFinding(
      code,
      file.place(path),
      [`金额 ${String(input)} 元不是整数分`, `${String(input)} yuan is not a whole number of fen`],
      ["最多两位小数", "Write at most two decimals"],
    );
  }
  if (code === "LIST-IMPOSSIBLE-DATE") {
    return listFinding(
      code,
      file.place(path),
      [`没有 ${String(input)} 这一天`, `There is no day ${String(input)}`],
      ["写历书上有的日期", "Write a day of the calendar"],
    );
  }
  throw new Error(`A schema check names no finding: ${String(code)} of ${Object.keys(LIST_FINDINGS).length}`);
}

/** How a part is called in a message: the last name on its path. */
function label(path: Path): string {
  const last = path.at(-1) ?? "";
  const name = path.findLast((step) => typeof step === "string" && !/^\d+$/.test(step)) ?? "";
  if (last === name) return String(name);
  return typeof last === "number" ? `${String(name)}[${last}]` : `${String(name)}.${String(last)}`;
}
