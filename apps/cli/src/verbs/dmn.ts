import { readFile } from "node:fs/promises";
import path from "node:path";
import { DmnFileError, dmnCommand } from "@qingdan/feel";
import { readJson } from "../json-option.ts";
import { tellDiagnostics } from "../tell-diagnostics.ts";
import { Refusal, UsageError, type Verb } from "../verb.ts";

export const dmn: Verb = {
  usage: "<file.dmn> --input JSON [--decision NAME | --service NAME]",
  options: { input: { type: "string" }, decision: { type: "string" }, service: { type: "string" } },
  async run(context, values, [file, ...imports]) {
    if (file === undefined) throw new UsageError({ zh: "请给出 DMN 文件", en: "Give a DMN file" });
    const read = (name: string) => readFile(path.resolve(context.cwd, name), "utf8");
    const input = await readJson(context, values.input, "input");
    const { diagnostics, ...result } = await tellFile(async () =>
      dmnCommand(await read(file), input, {
        file,
        decision: values.decision as string | undefined,
        service: values.service as string | undefined,
        imports: await Promise.all(imports.map(read)),
        clock: Date.now,
      }),
    );
    return tellDiagnostics(context, { ...result }, diagnostics);
  },
};

/** @throws Refusal where the file is no DMN */
export async function tellFile<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DmnFileError)) throw error;
    const { code, message, hint } = error;
    throw new Refusal(code, { zh: message, en: message }, { zh: hint, en: hint });
  }
}
