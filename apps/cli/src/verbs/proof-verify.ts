import { readFile } from "node:fs/promises";
import path from "node:path";
import { proofReasons, verifyProofFile } from "@qingdan/proof";
import { UsageError, type Verb } from "../verb.ts";

export const proofVerify: Verb = {
  usage: "<file>",
  options: { key: { type: "string" } },
  async run(context, { key }, [file]) {
    if (file === undefined) throw new UsageError({ zh: "请给出证明文件", en: "Name the proof file" });
    const text = await readFile(path.resolve(context.cwd, file), "utf8");
    const { ok, reason, ...place } = await verifyProofFile(text, typeof key === "string" ? key : undefined);
    context.answer({ ok, reason, ...place }, () => context.say(proofReasons[reason]));
    if (ok && key === undefined) {
      context.log(
        context.say({
          zh: "用的是文件里的公钥；用 --key 给出您信任的公钥",
          en: "The key in the file was used; name the key you trust with --key",
        }),
      );
    }
    return ok ? 0 : 1;
  },
};
