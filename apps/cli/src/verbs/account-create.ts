import { createFirstAdministrator, readConfig } from "@qingdan/server";
import { Refusal, required, type Verb } from "../verb.ts";

export const accountCreate: Verb = {
  usage: "--login <account> --name <name> --area <area>",
  options: { login: { type: "string" }, name: { type: "string" }, area: { type: "string" } },
  async run(context, values) {
    const wanted = {
      login: required(values, "login"),
      name: required(values, "name"),
      area: required(values, "area"),
    };
    const config = readConfig(context.env, context.cwd);
    const made = await createFirstAdministrator(config, wanted, new Date()).catch((error: unknown) => {
      if (error instanceof Error && "code" in error && "detail" in error && /^(AUTH|API)-/.test(String(error.code)))
        throw new Refusal(String(error.code), error.detail as { zh: string; en: string });
      throw error;
    });
    context.answer({ ...made, role: "administrator", area: wanted.area }, () =>
      context.say({
        zh: `管理员 ${made.login} 已建立。口令只显示这一次，登录后请添加通行密钥：\n${made.passPhrase}`,
        en: `The administrator ${made.login} was made. The pass-phrase is shown this once; add a passkey after signing in:\n${made.passPhrase}`,
      }),
    );
    return 0;
  },
};
