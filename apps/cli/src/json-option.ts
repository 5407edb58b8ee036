import { readFile } from "node:fs/promises";
import path from "node:path";
import { type Context, UsageError } from "./verb.ts";

/** An option that holds a JSON object, or the name of a file that does; an empty object where it is not given. */
export async function readJson(
  context: Context,
  value: string | boolean | undefined,
  name: string,
): Promise<Readonly<Record<string, unknown>>> {
  if (typeof value !== "string") return {};
  const text = value.trimStart().startsWith("{") ? value : await readFile(path.resolve(context.cwd, value), "utf8");
  return parseObject(text, name);
}

/** @throws UsageError when the text is not a JSON object */
export function parseObject(text: string, name: string): Readonly<Record<string, unknown>> {
  const fault = (why: string) =>
    new UsageError({ zh: `${name} 应为 JSON 对象：${why}`, en: `${name} takes a JSON object: ${why}` });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw fault(error instanceof Error ? error.message : String(error));
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw fault(text.slice(0, 40));
  return value as Record<string, unknown>;
}
