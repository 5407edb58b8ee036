import { checkText } from "../check.ts";
import type { Environment, FactDeclaration, ParameterDeclaration } from "../environment.ts";
import { evaluate, type Situation, type Value } from "../evaluate.ts";
import type { Node } from "../node.ts";
import type { RuleErrorCode } from "../refusal.ts";

/** What a test declares of its small world. */
export interface Declared {
  readonly facts: readonly FactDeclaration[];
  readonly parameters?: readonly ParameterDeclaration[];
  readonly areas?: readonly string[];
  readonly areasWithin?: Environment["areasWithin"];
}

export type Row = Readonly<Record<string, Value>>;

/** A refusal as a test reads it: the place is the text that it points at; words are the English ones. */
export interface Refused {
  readonly code: RuleErrorCode;
  readonly place: string;
  readonly message: string;
  readonly hint: string;
}

/** Rules over declared names, read from their text. */
export interface RulesOver {
  readonly environment: Environment;
  /** The typed rule. @throws {Error} when the text is refused. */
  node(text: string): Node;
  /** null: the text is accepted. */
  refusal(text: string): Refused | null;
  /** The value for a person who lives alone. */
  value(text: string, person?: Row): Value;
}

const byName = <T extends { readonly name: string }>(of: readonly T[]) => new Map(of.map((one) => [one.name, one]));

export function rulesOver(declared: Declared): RulesOver {
  const environment: Environment = {
    facts: byName(declared.facts),
    parameters: byName(declared.parameters ?? []),
    areas: declared.areas ?? [],
    areasWithin: declared.areasWithin ?? (() => null),
  };
  const node = (text: string) => {
    const checked = checkText(text, { environment });
    if (checked.ok) return checked.value;
    const { code, message, hint } = checked.error;
    throw new Error(`${text}: ${code} ${message.en}; ${hint.en}`);
  };
  return {
    environment,
    node,
    refusal(text) {
      const checked = checkText(text, { environment });
      if (checked.ok) return null;
      const { code, from, to, message, hint } = checked.error;
      return { code, place: text.slice(from, to), message: message.en, hint: hint.en };
    },
    value: (text, person = {}) => evaluate(node(text), household([person])),
  };
}

/** The facts of a household and its members. */
export function household(members: readonly Row[], shared: Row = {}): Situation {
  return {
    members: members.length,
    fact: (name, entity, member) => (entity === "household" ? shared[name] : members[Math.max(member, 0)]?.[name]),
  };
}
