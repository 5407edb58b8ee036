import {
  type FactsFile,
  factsReadBy,
  type NextQuestion,
  narrowRulebook,
  nextQuestion,
  type Rulebook,
  type Screening,
  screen,
  withImplied,
} from "@qingdan/list";

type Value = string | number | boolean;

/** What a form holds: what the registers gave, and what the applicant said about it. */
export interface FormContent {
  readonly subject: string;
  /** Persons of the household, the householder first; the household has the name `h`. */
  readonly members: readonly string[];
  readonly household: string;
  /** Facts from the registers, by `"<of> <fact>"`; only those that the form's items read. */
  readonly register: Readonly<Record<string, Value>>;
  /** The day of the registers; null where they know nobody. */
  readonly registerDate: string | null;
  readonly answers: Readonly<Record<string, Value>>;
  readonly skipped: readonly string[];
  /** Why the applicant disputes a fact of a register; the value said instead stands in `answers`. */
  readonly disputes: Readonly<Record<string, string>>;
}

/** What follows from a form's content, by the rulebook alone: the same in the browser and on the server. */
export interface FormState {
  readonly rulebook: Rulebook;
  /** With what follows from what was said. */
  readonly file: FactsFile;
  readonly origins: Readonly<Record<string, "register" | "applicant" | "implied">>;
  readonly question: NextQuestion | null;
  readonly screening: Screening;
}

/**
 * The rulebook of a form: its items, those that they are settled with, and the facts that these read. Nothing else is asked
 * of the registers or of people: the purpose limits the facts.
 */
export function formRulebook(rulebook: Rulebook, items: readonly string[]): Rulebook {
  const narrow = narrowRulebook(rulebook, items);
  const read = new Set(narrow.items.flatMap(factsReadBy));
  return { ...narrow, facts: narrow.facts.filter(({ name }) => read.has(name)) };
}

/** Of a household in the registers, what the items read; names become those of the form. */
export function fromRegister(
  { facts }: Pick<Rulebook, "facts">,
  file: FactsFile,
): Pick<FormContent, "subject" | "members" | "household" | "register"> {
  const [household, entry] = Object.entries(file.households).find(([, { members }]) =>
    members.includes(file.subject),
  ) ?? ["h", { members: [file.subject] }];
  const register: Record<string, Value> = {};
  for (const { name, entity } of facts) {
    const holders = entity === "household" ? [household] : entry.members;
    for (const of of holders) {
      const held = (entity === "household" ? file.households[of] : file.persons[of])?.[name];
      if (held !== undefined && typeof held !== "object") register[`${of} ${name}`] = held as Value;
    }
  }
  return { subject: file.subject, members: entry.members, household, register };
}

/** The facts file of a form: registers, then what the applicant said. */
export function formFile({ subject, members, household, register, answers }: FormContent): FactsFile {
  const persons: Record<string, Record<string, Value>> = Object.fromEntries(members.map((member) => [member, {}]));
  const own: Record<string, Value> = {};
  for (const [key, value] of Object.entries({ ...register, ...answers })) {
    const [of = "", fact = ""] = key.split(" ");
    const holder = of === household ? own : persons[of];
    if (holder) holder[fact] = value;
  }
  return { persons, households: { [household]: { ...own, members } }, subject };
}

/** @throws {FactsFileError} where an answer is none of its fact's values */
export function formState(rulebook: Rulebook, items: readonly string[], content: FormContent): FormState {
  const narrow = formRulebook(rulebook, items);
  const said = formFile(content);
  const { file, implied } = withImplied(narrow, said);
  const skipped = new Set(content.skipped);
  const origins: Record<string, "register" | "applicant" | "implied"> = {};
  for (const key of Object.keys(content.register)) origins[key] = "register";
  for (const key of Object.keys(content.answers)) origins[key] = "applicant";
  for (const { of, fact } of implied) origins[`${of} ${fact}`] = "implied";
  return {
    rulebook: narrow,
    file,
    origins,
    question: nextQuestion(narrow, file, { skipped }),
    screening: screen(narrow, file),
  };
}

/** A paper: what one unit's register would show of one person or household. */
export interface PaperNeed {
  readonly id: string;
  readonly of: string;
  readonly unit: string;
  readonly facts: readonly string[];
}

/**
 * Papers, as groups of facts by the unit whose register would hold them. One is asked where the applicant said a fact that a
 * register should hold; it is saved where the registers gave every fact of the group.
 */
export function papersOf(state: FormState): {
  readonly asked: readonly PaperNeed[];
  readonly saved: readonly PaperNeed[];
} {
  const units = new Map(state.rulebook.facts.map(({ name, sourceUnit }) => [name, sourceUnit]));
  const groups = new Map<string, { of: string; unit: string; facts: string[]; said: boolean }>();
  for (const [key, origin] of Object.entries(state.origins)) {
    const [of = "", fact = ""] = key.split(" ");
    const unit = units.get(fact);
    if (origin === "implied" || unit === undefined || unit === null) continue;
    const id = `${of}:${unit}`;
    const group = groups.get(id) ?? { of, unit, facts: [], said: false };
    groups.set(id, group);
    if (origin === "register") continue;
    group.facts.push(fact);
    group.said = true;
  }
  const all = [...groups].map(([id, { of, unit, facts, said }]) => ({ id, of, unit, facts, said }));
  return { asked: all.filter(({ said }) => said), saved: all.filter(({ said }) => !said) };
}
