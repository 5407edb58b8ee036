import { FactsFileError, type Rulebook, type Screening } from "@qingdan/list";
import type { Actor } from "../identity/index.ts";
import { firstContent } from "./begin-form.ts";
import { type FormContent, formState } from "./form-state.ts";
import type { GuideView } from "./guide-view-model.ts";
import type { Cases } from "./seams.ts";

/**
 * What a guide says to the resident who reads it: the answer on what the registers hold of them, and which facts those are, so that
 * nothing is asked for them. null for visitors, staff and helpers, and for people whom no register knows.
 */
export async function ownGuide(
  cases: Cases,
  actor: Actor | undefined,
  rulebook: Rulebook,
  item: string,
): Promise<GuideView["own"]> {
  if (actor?.kind !== "resident" || actor.actingFor || actor.person === undefined) return null;
  const content = await firstContent(cases, rulebook, [item], actor.person, 1);
  if (content.registerDate === null) return null;
  const screening = screened(rulebook, item, content);
  if (screening === null) return null;
  const { entitled, not, undetermined } = screening;
  const found = [...entitled, ...not, ...undetermined].find(({ code }) => code === item);
  const grant = entitled.find(({ code }) => code === item);
  const live = await cases.register(actor.person);
  const area = live?.facts.persons[live.facts.subject]?.residenceArea;
  return {
    outcome: grant
      ? "entitled"
      : found === undefined
        ? "by-hand"
        : not.some(({ code }) => code === item)
          ? "not"
          : "undetermined",
    fen: grant?.fen ?? null,
    per: grant?.per ?? null,
    reasons: (found?.reasons ?? []).map(({ code, zh, en }) => ({ code, zh, en })),
    held: [...new Set(Object.keys(content.register).map((key) => key.split(" ")[1] ?? ""))].toSorted(),
    registerDate: content.registerDate,
    area: typeof area === "string" ? area : null,
  };
}

/** null: the registers are those of another list, whose areas this one does not know. */
function screened(rulebook: Rulebook, item: string, content: FormContent): Screening | null {
  try {
    return formState(rulebook, [item], content).screening;
  } catch (error) {
    if (error instanceof FactsFileError) return null;
    throw error;
  }
}
