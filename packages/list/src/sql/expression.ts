import {
  type AggregateNode,
  childrenOf,
  crossScales,
  keyDimension,
  type LookupNode,
  type Node,
  type NumberType,
  type RatioType,
  ratioParts,
  roundingFactors,
  scaleOf,
} from "@qingdan/feel/typed";
import { householderRow } from "../kernel-graph.ts";
import type { RulebookFact } from "../rulebook.ts";
import { type Arithmetic, arithmetic } from "./arithmetic.ts";
import type { SqlEngine } from "./engine.ts";
import { SqlRefusal } from "./refusal.ts";
import { ofSubject, rowsOf } from "./rows-of.ts";
import type { Sheet } from "./sheet.ts";
import {
  among,
  choice,
  integer,
  isNull,
  isPlain,
  junction,
  negative,
  scaledBy,
  sum,
  type Term,
  term,
  times,
  truth,
} from "./term.ts";

/** The loop in whose pairs an expression stands; null in the row of a person. */
type Frame = number | null;

interface Fraction {
  readonly num: Term;
  readonly den: Term;
}

export interface SqlExpressions {
  /** The value of a prepared node for the person of a row; null is unknown. */
  readonly value: (node: Node) => Term;
  /** Whether a parameter that is read outside of loops is missing at its source; never null. */
  readonly missing: (node: Node) => Term;
}

/** @throws SqlRefusal for what has no SQL here. */
export function sqlExpressions(
  sheet: Sheet,
  engine: SqlEngine,
  facts: ReadonlyMap<string, RulebookFact>,
): SqlExpressions {
  const ofRow = arithmetic(engine, sheet.column);
  const ofPair = arithmetic(engine, (of) => of);
  const calendar = (frame: Frame): Arithmetic => {
    if (frame !== null) throw new SqlRefusal("SQL-CALENDAR-OF-TWO");
    return ofRow;
  };
  const keep = (of: Term, frame: Frame): Term => (frame === null ? sheet.column(of) : of);

  const value = (node: Node, frame: Frame): Term => {
    if (frame === null || node.op === "constant") return raw(node, frame);
    const rows = rowsOf(node);
    if ([...rows].some((row) => row !== 0 && row !== frame)) throw new SqlRefusal("SQL-LOOP-IN-LOOP");
    if (!rows.has(frame)) return ofTable("x", sheet.column(value(node, null)));
    if (!rows.has(0)) return ofTable("y", sheet.column(value(ofSubject(node, frame), null)));
    return raw(node, frame);
  };
  const child = (node: Node, at: number): Node => childrenOf(node)[at] as Node;

  const raw = (node: Node, frame: Frame): Term => {
    switch (node.op) {
      case "constant":
        return typeof node.value === "boolean" ? truth(node.value) : integer(node.value);
      case "moment":
      case "parameter":
        throw new Error(`${node.op} is left in a rulebook`);
      case "fact": {
        const fact = facts.get(node.fact);
        if (fact === undefined) throw new Error(`The rulebook lacks the fact ${node.fact}`);
        const whose = node.row === householderRow ? "householder" : "own";
        return sheet.fact(fact, node.entity === "household" ? "household" : whose);
      }
      case "lookup":
        return lookup(node, frame).value;
      case "map": {
        const of = keep(keyPosition(node.keys, integer(0), frame), frame);
        return keep(term(engine.element(node.values, of.text), of), frame);
      }
      case "within":
      case "one-of":
        return among(keep(number(node.of, frame), frame), node.values);
      case "compare":
        return compare(node, frame);
      case "and":
      case "or":
        return junction(
          node.op === "and" ? "AND" : "OR",
          node.items.map((item) => bracketed(value(item, frame))),
        );
      case "not":
        return not(value(node.of, frame));
      case "if":
        return conditional(node, frame);
      case "otherwise": {
        const of = value(node.of, frame);
        const held = typeof node.value === "boolean" ? truth(node.value) : integer(node.value);
        return term(`COALESCE(${of.text}, ${held.text})`, of);
      }
      case "aggregate":
        return aggregate(node);
      default:
        return calculated(node, frame);
    }
  };

  /** Anything that is compared or looked up as an integer. */
  const number = (node: Node, frame: Frame): Term => {
    const of = value(node, frame);
    if (node.type.kind !== "boolean") return of;
    const bit = keep(of, frame);
    return bracketed(
      choice([
        [bit, integer(1)],
        [not(bit), integer(0)],
      ]),
    );
  };

  const keyPosition = (keys: readonly Node[], start: Term, frame: Frame): Term =>
    keys.reduce((position, key) => {
      const { size, first } = keyDimension(key.type);
      return sum(times(position, integer(size)), sum(number(key, frame), integer(first), "-"));
    }, start);

  const lookup = (node: LookupNode, frame: Frame): { value: Term; position: Term } => {
    const position = keyPosition(node.keys, node.area === null ? integer(0) : number(node.area, frame), frame);
    const [only] = node.values;
    if (node.values.length === 1 && node.area === null && node.keys.length === 0) {
      return { position, value: only == null ? unknownNumber : integer(only) };
    }
    const of = keep(position, frame);
    return { position: of, value: keep(term(engine.element(node.values, of.text), of), frame) };
  };

  const compare = (node: Node & { op: "compare" }, frame: Frame): Term => {
    const { left, right, operator } = node;
    const symbol = operator === "!=" ? "<>" : operator;
    const written = (a: Term, b: Term) => term(`(${a.text} ${symbol} ${b.text})`, a, b);
    if (left.type.kind !== "number" && left.type.kind !== "ratio")
      return written(number(left, frame), number(right, frame));
    const [a, b] = [fraction(left, frame), fraction(right, frame)];
    const { leftScale, rightScale, scale } = crossScales(left.type, right.type as NumberType | RatioType);
    return written(scaledBy(times(a.num, b.den), scale - leftScale), scaledBy(times(b.num, a.den), scale - rightScale));
  };

  const conditional = (node: Node & { op: "if" }, frame: Frame): Term => {
    const when = keep(value(node.when, frame), frame);
    const branch = (of: Node) => {
      const found = value(of, frame);
      return of.type.kind === "number" ? scaledBy(found, scaleOf(node.type) - scaleOf(of.type)) : found;
    };
    const [yes, no] = [branch(node.yes), branch(node.no)];
    if (node.type.kind !== "boolean") {
      return keep(
        bracketed(
          choice([
            [when, yes],
            [not(when), no],
          ]),
        ),
        frame,
      );
    }
    const [a, b] = [keep(yes, frame), keep(no, frame)];
    return bracketed(
      choice([
        [when, a],
        [not(when), b],
        [term(`${a.text} = ${b.text}`, a, b), a],
      ]),
    );
  };

  const fraction = (node: Node, frame: Frame): Fraction => {
    if (node.type.kind !== "ratio") return { num: number(node, frame), den: integer(1) };
    const a = fraction(child(node, 0), frame);
    if (node.op === "negate") return { num: negative(a.num), den: a.den };
    const b = fraction(child(node, 1), frame);
    if (node.op === "multiply") return { num: times(a.num, b.num), den: times(a.den, b.den) };
    if (node.op === "divide") return { num: times(a.num, b.den), den: times(a.den, b.num) };
    const [left, right] = [child(node, 0).type, child(node, 1).type] as [
      NumberType | RatioType,
      NumberType | RatioType,
    ];
    const { leftScale, rightScale, scale } = crossScales(left, right);
    const x = scaledBy(times(a.num, b.den), scale - leftScale);
    const y = scaledBy(times(b.num, a.den), scale - rightScale);
    return { num: sum(x, y, node.op === "add" ? "+" : "-"), den: times(a.den, b.den) };
  };

  const calculated = (node: Node, frame: Frame): Term => {
    const scale = scaleOf(node.type);
    const plain = (of: Node) => number(of, frame);
    const aligned = (of: Node) => scaledBy(number(of, frame), scale - scaleOf(of.type));
    switch (node.op) {
      case "add":
        return sum(aligned(node.left), aligned(node.right));
      case "subtract":
        return sum(aligned(node.left), aligned(node.right), "-");
      case "multiply":
        return times(plain(node.left), plain(node.right));
      case "modulo": {
        const mayBeNegative = (node.left.type as NumberType).min < 0;
        return arithmeticOf(frame).modulo(aligned(node.left), aligned(node.right), mayBeNegative);
      }
      case "negate":
        return negative(plain(node.of));
      case "absolute":
        return term(`ABS(${plain(node.of).text})`, plain(node.of));
      case "least":
      case "greatest":
        return extreme(node.items.map(aligned), node.op === "least" ? "<=" : ">=", frame);
      case "round":
        return rounded(node, frame);
      case "days-between":
        return sum(plain(node.to), plain(node.from), "-");
      case "months-between":
        return keep(bracketed(calendar(frame).monthsBetween(plain(node.from), plain(node.to))), frame);
      case "shift": {
        const by = node.sign === 1 ? plain(node.by) : negative(plain(node.by));
        const months = node.by.type.kind === "duration" && node.by.type.of === "months";
        return months ? keep(calendar(frame).addMonths(plain(node.of), by), frame) : sum(plain(node.of), by);
      }
      case "part":
        return part(node, frame);
      default:
        throw new Error(`${node.op} is no arithmetic`);
    }
  };
  const arithmeticOf = (frame: Frame) => (frame === null ? ofRow : ofPair);

  const part = (node: Node & { op: "part" }, frame: Frame): Term => {
    const of = number(node.of, frame);
    switch (node.part) {
      case "days":
      case "total-months":
        return of;
      case "years":
        return arithmeticOf(frame).quotient(of, integer(12));
      case "months": {
        const months = keep(of, frame);
        return sum(months, times(integer(12), arithmeticOf(frame).quotient(months, integer(12))), "-");
      }
      default:
        return calendar(frame)[node.part](of);
    }
  };

  /** Unknown when one of the values is: `GREATEST` itself would pass over it. */
  const extreme = (items: readonly Term[], operator: "<=" | ">=", frame: Frame): Term => {
    const [first, ...rest] = items.map((item) => keep(item, frame));
    if (first === undefined) throw new Error("No values to compare");
    return rest.reduce((best, item) => {
      const known = choice([
        [term(`${best.text} ${operator} ${item.text}`, best, item), best],
        [not(term(`${best.text} ${operator} ${item.text}`, best, item)), item],
      ]);
      return keep(bracketed(known), frame);
    }, first);
  };

  const rounded = (node: Node & { op: "round" }, frame: Frame): Term => {
    const of = fraction(node.of, frame);
    const { num, den } = ratioParts(node.of.type as NumberType | RatioType);
    const factors = roundingFactors(num, den, node.digits);
    const [above, below] = [times(of.num, integer(factors.num)), times(of.den, integer(factors.den))];
    const found = keep(bracketed(arithmeticOf(frame).round(node.mode, above, below, num.min < 0)), frame);
    return node.digits < 0 ? times(found, integer(10 ** -node.digits)) : found;
  };

  const aggregate = (node: AggregateNode): Term => {
    if (node.kind === "count" && node.where === null) return sheet.members;
    const parts = [node.where, node.value].map((of) => (of === null ? null : of));
    const rows = new Set(parts.flatMap((of) => (of === null ? [] : [...rowsOf(of)])));
    if ([...rows].some((row) => row !== 0 && row !== node.loop)) throw new SqlRefusal("SQL-LOOP-IN-LOOP");
    const ofTwo = rows.has(0);
    const [where, of] = parts.map((inner) => {
      if (inner === null) return null;
      if (ofTwo) return bracketed(value(inner, node.loop));
      return sheet.column(value(ofSubject(inner, node.loop), null));
    });
    const written = overMembers(node, where ?? truth(true), of ?? null);
    return ofTwo ? sheet.overPairs(written) : sheet.overMembers(written);
  };

  const missing = (node: Node): Term => {
    if (node.op === "aggregate") return truth(false);
    const found = childrenOf(node).map(missing);
    if (node.op === "lookup" && node.values.includes(null)) {
      const { value: of, position } = lookup(node, null);
      found.push(junction("AND", [not(isNull(position)), isNull(of)].map(bracketed)));
    }
    return junction("OR", found);
  };

  return { value: (node) => value(node, null), missing };
}

const unknownNumber: Term = { text: "CAST(NULL AS BIGINT)", at: 0 };

/** A plain term read from one of the two tables of a pair. */
function ofTable(table: "x" | "y", of: Term): Term {
  return of.text.startsWith("v") ? { text: `${table}.${of.text}`, at: of.at } : of;
}

function bracketed(of: Term): Term {
  return isPlain(of) || of.text.startsWith("(") ? of : { ...of, text: `(${of.text})` };
}

export function not(of: Term): Term {
  if (of.text === "TRUE" || of.text === "FALSE") return truth(of.text === "FALSE");
  return term(`NOT ${bracketed(of).text}`, of);
}

/** The aggregate over the members for whom `where` holds; unknown when one who might count cannot be told. */
function overMembers({ kind }: AggregateNode, where: Term, of: Term | null): Term {
  const all = [where, ...(of === null ? [] : [of])];
  if (kind === "some" || kind === "every") {
    const test = kind === "some" ? junction("AND", all) : junction("OR", [not(where), ...all.slice(1)].map(bracketed));
    const decided = kind === "some" ? test : not(test);
    const [yes, no] = kind === "some" ? ["TRUE", "FALSE"] : ["FALSE", "TRUE"];
    return term(
      `CASE WHEN BOOL_OR(${decided.text}) THEN ${yes} WHEN BOOL_OR(${isNull(bracketed(test)).text}) THEN NULL ELSE ${no} END`,
      ...all,
    );
  }
  const open = junction("OR", [
    isNull(where),
    ...(of === null ? [] : [junction("AND", [bracketed(where), bracketed(isNull(of))])]),
  ]);
  const counted = of ?? integer(1);
  const taken = choice([[where, counted]], integer(0));
  const total = kind === "min" || kind === "max" ? `${kind.toUpperCase()}(${counted.text})` : `SUM(${taken.text})`;
  const known = `CAST(${total} AS BIGINT)`;
  return term(open.text === "FALSE" ? known : `CASE WHEN BOOL_OR(${open.text}) THEN NULL ELSE ${known} END`, ...all);
}
