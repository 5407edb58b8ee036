import type { AggregateNode } from "@qingdan/feel/typed";
import {
  allOf,
  anyOf,
  type Block,
  block,
  type Emitted,
  type EmittedBoolean,
  type EmittedNumber,
  flipped,
  isBoolean,
  isNumber,
  noOf,
  type Places,
  seldomAround,
} from "./kernel-block.ts";
import { childAt, type Vertex } from "./kernel-graph.ts";

interface Around {
  readonly places: Places;
  /** Declarations at the top of the function. */
  readonly variables: string[];
  readonly fresh: (prefix: string) => string;
  readonly boolean: (vertex: Vertex, at: Block) => EmittedBoolean;
  readonly number: (vertex: Vertex, at: Block) => EmittedNumber;
}

/**
 * Aggregates over the members. Those that read nothing but members and early facts of the household share one loop;
 * others have a loop where they are needed.
 */
export function aggregates({
  places,
  variables,
  fresh,
  boolean,
  number,
}: Around): (vertex: Vertex, at: Block) => Emitted {
  const aggregate = (vertex: Vertex, at: Block): Emitted => {
    const { node } = vertex;
    if (node.op !== "aggregate") throw new Error("No aggregate");
    if (node.kind === "count" && node.where === null) return isNumber("last - first", null);
    const alone = vertex.level === 1 && vertex.rows.size === 0 && !vertex.children.some((inner) => inner.hasAggregate);
    const shared = alone && seldomAround(at) === null;
    const body = shared ? places.members : block(at, { row: node.loop });
    const where = node.where === null ? isBoolean("1", null) : boolean(childAt(vertex, 0), body);
    const valueVertex = node.value === null ? null : childAt(vertex, node.where === null ? 0 : 1);
    const result = accumulate(node, where, valueVertex, body, shared ? places.early : at);
    if (!shared) {
      const index = `j${node.loop}`;
      at.lines.push(
        `for (let ${index} = first; ${index} < last; ${index}++) { const m${node.loop} = members[${index}];`,
        ...body.lines,
        "}",
      );
    }
    return result;
  };

  const accumulator = (start: string, home: Block): string => {
    const name = fresh("a");
    if (home.outlives) variables.push(`${name} = ${start}`);
    home.lines.push(`${home.outlives ? "" : "let "}${name} = ${start};`);
    return name;
  };

  const accumulate = (
    node: AggregateNode,
    where: EmittedBoolean,
    valueVertex: Vertex | null,
    body: Block,
    home: Block,
  ): Emitted => {
    if (node.kind === "some" || node.kind === "every") {
      const value = valueVertex === null ? isBoolean("1", null) : boolean(valueVertex, body);
      return quantifier(node.kind === "some", where, value, body, home);
    }
    const value = valueVertex === null ? isNumber("1", null) : number(valueVertex, body);
    const start =
      node.kind === "min"
        ? String(Number.MAX_SAFE_INTEGER)
        : node.kind === "max"
          ? String(Number.MIN_SAFE_INTEGER)
          : "0";
    const total = accumulator(start, home);
    const step =
      node.kind === "min" || node.kind === "max"
        ? `${total} = Math.${node.kind}(${total}, ${value.value})`
        : `${total} += ${value.value}`;
    body.lines.push(where.yes === "1" ? `${step};` : `if (${where.yes}) ${step};`);
    if (where.no === null && value.known === null) return isNumber(total, null);
    const known = accumulator("1", home);
    const fine = anyOf([noOf(where), allOf([where.yes, value.known]) ?? "1"]);
    body.lines.push(`${known} &= ${fine};`);
    return isNumber(total, known);
  };

  const quantifier = (
    some: boolean,
    where: EmittedBoolean,
    value: EmittedBoolean,
    body: Block,
    home: Block,
  ): EmittedBoolean => {
    const certain = where.no === null && value.no === null;
    const decides = allOf([where.yes, some ? value.yes : noOf(value)]) ?? "1";
    const passes = anyOf([noOf(where), some ? noOf(value) : value.yes]);
    const decided = accumulator("0", home);
    body.lines.push(`${decided} |= ${decides};`);
    if (certain) return some ? isBoolean(decided, null) : isBoolean(flipped(decided), null);
    const open = accumulator("1", home);
    body.lines.push(`${open} &= ${passes};`);
    return some ? isBoolean(decided, open) : isBoolean(open, decided);
  };

  return aggregate;
}
