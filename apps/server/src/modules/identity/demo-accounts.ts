import type { Accounts } from "./accounts.ts";
import type { HeldRole, StaffRole } from "./actor.ts";
import { drawPassPhrase } from "./draw-pass-phrase.ts";
import type { DemoAccount } from "./model.ts";
import { hashPassPhrase } from "./pass-phrase.ts";

/** What the demonstration's accounts stand on. */
export interface DemoCity {
  /** Code of the city's area. */
  readonly area: string;
  /** Number of the made-up person whose account the resident has. */
  readonly person: string;
}

interface Plan {
  readonly login: string;
  readonly name: string;
  readonly role: { readonly zh: string; readonly en: string };
  readonly start: string;
  readonly staff?: StaffRole;
}

/** Two of those whose deeds need four eyes. */
const plans: readonly Plan[] = [
  { login: "resident", name: "王秀英", role: { zh: "居民", en: "Resident" }, start: "/my" },
  { login: "clerk", name: "李敏", role: { zh: "经办人", en: "Clerk" }, start: "/desk", staff: "clerk" },
  { login: "checker", name: "周强", role: { zh: "复核人", en: "Checker" }, start: "/desk", staff: "checker" },
  {
    login: "finance",
    name: "陈芳",
    role: { zh: "财务", en: "Finance officer" },
    start: "/desk/payments",
    staff: "finance-officer",
  },
  {
    login: "finance2",
    name: "赵磊",
    role: { zh: "财务（第二人）", en: "Finance officer (second person)" },
    start: "/desk/payments",
    staff: "finance-officer",
  },
  { login: "planner", name: "孙丽", role: { zh: "规划", en: "Planner" }, start: "/run", staff: "planner" },
  { login: "keeper", name: "吴刚", role: { zh: "清单管理", en: "List keeper" }, start: "/list", staff: "list-keeper" },
  {
    login: "keeper2",
    name: "郑洁",
    role: { zh: "清单管理（第二人）", en: "List keeper (second person)" },
    start: "/list",
    staff: "list-keeper",
  },
  { login: "auditor", name: "冯涛", role: { zh: "审计", en: "Auditor" }, start: "/desk", staff: "auditor" },
];

/** Four words make 24 bits: enough against a locked-out guesser, and shown to everybody anyway. */
const wordsOfDemo = 4;

/**
 * The accounts of a demonstration, with pass-phrases drawn anew at every start. They are made for made-up people only and
 * shown to whoever asks.
 */
export async function makeDemoAccounts(accounts: Accounts, { area, person }: DemoCity): Promise<DemoAccount[]> {
  return Promise.all(
    plans.map(async ({ login, name, role, start, staff }) => {
      const passPhrase = drawPassPhrase(wordsOfDemo);
      const secret = await hashPassPhrase(passPhrase);
      // The city stands on the lists of the province and the nation: the demonstration's keepers keep them all.
      const held = staff === "list-keeper" ? "cn" : area;
      const roles: HeldRole[] = staff ? [{ role: staff, area: held }] : [];
      const known = await accounts.byLogin(login);
      const kind = staff ? "staff" : "resident";
      if (known) {
        if (!known.demo) throw new Error(`The account ${login} is not of the demonstration`);
        await accounts.setSecret(known.id, secret);
      } else {
        const own = staff ? {} : { person };
        await accounts.create({ login, kind, name, secret, demo: true, roles, ...own });
      }
      return { login, name, passPhrase, kind, start, role };
    }),
  );
}
