import { fileURLToPath } from "node:url";
import { compileRulebook, itemsInForce, type List, type Rulebook } from "@qingdan/list";
import { readList } from "@qingdan/list/node";
import { demoDate } from "./calendar.ts";
import { type Rolls, rolledPeriods } from "./decide-receipts.ts";

const listFolder = fileURLToPath(new URL("list", import.meta.url));

/** The day of records that nobody has looked at since. */
const aYearBefore = "2024-06-01";

/**
 * Compiles the city's list as of the demo date and as of a year before: those whose record was not renewed are still paid by the
 * old standards.
 * @throws Error with the first finding when the list does not compile
 */
export async function compileRolls(given?: List): Promise<Rolls> {
  const list = given ?? (await readCityList());
  return { now: compileRolled(list, demoDate), before: compileRolled(list, aYearBefore) };
}

async function readCityList(): Promise<List> {
  const { list, findings } = await readList(listFolder);
  const first = findings.find(({ severity }) => severity === "error");
  if (!list || first) throw new Error(`${first?.file}:${first?.line}: ${first?.message.en}`);
  return list;
}

/** Only the items that keep a roll: paid again and again. */
function compileRolled(list: List, date: string): Rulebook {
  const items = itemsInForce(list, date)
    .filter(({ rule }) => rule && rolledPeriods.includes(rule.per) && (rule.amount ?? rule.parts ?? rule.table))
    .map(({ code }) => code);
  const { rulebook, findings } = compileRulebook(list, { area: list.area, date, items });
  if (!rulebook) throw new Error(`${findings[0]?.file}:${findings[0]?.line}: ${findings[0]?.message.en}`);
  return rulebook;
}
