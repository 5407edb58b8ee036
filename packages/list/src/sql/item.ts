import { type Node, scaleOf, withEarlyDecisions } from "@qingdan/feel/typed";
import { prepared } from "../kernel-graph.ts";
import type { RulebookItem } from "../rulebook.ts";
import { not, type SqlExpressions } from "./expression.ts";
import type { Sheet } from "./sheet.ts";
import { among, choice, integer, isNull, junction, scaledBy, sum, type Term, term, truth } from "./term.ts";

/** The answer of an item as columns, none of them ever null. */
export interface SqlAnswer {
  readonly outcome: Term;
  /** Position in the item's reasons. */
  readonly reason: Term;
  /** Fen per the item's period; 0 unless entitled. */
  readonly fen: Term;
  readonly parts: readonly Term[];
}

type Arm = readonly [when: Term, then: Term];

/** What an amount comes to: fen (null when it cannot be told), and the reason once every condition holds. */
interface Paid {
  readonly fen: Term;
  readonly parts: readonly Term[];
  readonly arms: readonly Arm[];
  readonly otherwise: Term;
}

interface Writing {
  readonly item: RulebookItem;
  readonly sheet: Sheet;
  readonly value: (node: Node) => Term;
  /** The fen of an amount. */
  readonly fenOf: (node: Node) => Term;
  /** The reason when the amount cannot be told, given all that was read for it. */
  readonly unsure: (nodes: readonly Node[]) => Term;
}

/** One item by itself, before items that touch each other are settled: the meaning of `decideItem`. */
export function sqlItem(item: RulebookItem, sheet: Sheet, expressions: SqlExpressions): SqlAnswer {
  const ready = (node: Node) => prepared(node, item.subject);
  const value = (node: Node) => sheet.column(expressions.value(withEarlyDecisions(ready(node))));
  const gone = (nodes: readonly Node[], otherwise: number) =>
    choice(
      [
        [
          junction(
            "OR",
            nodes.map((node) => expressions.missing(ready(node))),
          ),
          reason(item.common.parameterMissing),
        ],
      ],
      reason(otherwise),
    );
  const writing: Writing = {
    item,
    sheet,
    value,
    fenOf: (node) => sheet.column(scaledBy(expressions.value(withEarlyDecisions(ready(node))), 2 - scaleOf(node.type))),
    unsure: (nodes) => gone(nodes, item.common.amountUnknown),
  };
  const tests = item.conditions.map((condition) => ({ condition, holds: value(condition.test) }));
  const paid = paidOf(writing);
  const why = choice(
    [
      ...tests.map(({ condition, holds }): Arm => [not(holds), reason(condition.failed)]),
      ...tests.map(({ condition, holds }): Arm => [isNull(holds), gone([condition.test], condition.unknown)]),
      ...paid.arms,
    ],
    paid.otherwise,
  );
  return answerOf(item, sheet, sheet.column(why), paid);
}

/** A position in the reasons, small enough to need no wide type. */
export function reason(position: number): Term {
  return { text: String(position), at: 0 };
}

function answerOf(item: RulebookItem, sheet: Sheet, why: Term, paid: Pick<Paid, "fen" | "parts">): SqlAnswer {
  const of = (outcome: number) => {
    const positions = item.reasons.flatMap((one, at) => (one.outcome === outcome ? [at] : []));
    return positions.length === 0 ? truth(false) : among(why, positions);
  };
  const outcome = sheet.column(
    choice(
      [
        [of(1), reason(1)],
        [of(2), reason(2)],
      ],
      reason(0),
    ),
  );
  return {
    outcome,
    reason: why,
    fen: whenEntitled(sheet, outcome, paid.fen),
    parts: paid.parts.map((part) => whenEntitled(sheet, outcome, part)),
  };
}

export function whenEntitled(sheet: Sheet, outcome: Term, fen: Term): Term {
  return sheet.column(choice([[term(`${outcome.text} = 1`, outcome), fen]], integer(0)));
}

function paidOf(writing: Writing): Paid {
  const { amount, common } = writing.item;
  switch (amount.kind) {
    case "service":
      return { fen: integer(0), parts: [], arms: [], otherwise: reason(common.entitled) };
    case "amount":
      return total(writing, [amount.amount], false);
    case "parts":
      return total(
        writing,
        amount.parts.map((part) => part.amount),
        true,
      );
    case "table":
      return table(writing, amount);
  }
}

/** The reasons an amount of money has: it cannot be told, nothing is due, or it is paid. */
function due({ item }: Writing, fen: Term, unsure: Term, entitled: Term): readonly Arm[] {
  return [
    [isNull(fen), unsure],
    [term(`${fen.text} <= 0`, fen), reason(item.common.nothingDue)],
    [truth(true), entitled],
  ];
}

function total(writing: Writing, nodes: readonly Node[], inParts: boolean): Paid {
  const fens = nodes.map(writing.fenOf);
  const fen = writing.sheet.column(fens.reduce((all, part) => sum(all, part), integer(0)));
  const entitled = reason(writing.item.common.entitled);
  const arms = due(writing, fen, writing.unsure(nodes), entitled);
  return { fen, parts: inParts ? fens : [], arms, otherwise: entitled };
}

type Table = RulebookItem["amount"] & { readonly kind: "table" };

function table(writing: Writing, { hitPolicy, rows }: Table): Paid {
  const { item, sheet } = writing;
  const unsure = sheet.column(writing.unsure(rows.flatMap((row) => [row.test, row.amount])));
  const tested = rows.map((row) => ({
    holds: writing.value(row.test),
    fen: writing.fenOf(row.amount),
    reason: reason(row.reason),
  }));
  const none = reason(item.common.noRow);
  if (hitPolicy !== "U" && hitPolicy !== "A" && hitPolicy !== "F")
    return collected(writing, hitPolicy, tested, unsure, none);
  const first = hitPolicy === "F";
  const fen = sheet.column(
    choice(
      tested.flatMap(({ holds, fen: of }): Arm[] => [
        [holds, of],
        ...(first ? [[isNull(holds), nothing] as const] : []),
      ]),
      nothing,
    ),
  );
  const arms = tested.flatMap(({ holds, reason: why }): Arm[] => [
    [holds, bracketed(choice(due(writing, fen, unsure, why)))],
    ...(first ? [[isNull(holds), unsure] as const] : []),
  ]);
  const open = junction(
    "OR",
    tested.map(({ holds }) => isNull(holds)),
  );
  return { fen, parts: [], arms: [...arms, [open, unsure]], otherwise: none };
}

const nothing: Term = { text: "CAST(NULL AS BIGINT)", at: 0 };
const bracketed = (of: Term): Term => ({ ...of, text: `(${of.text})` });

interface Hit {
  readonly holds: Term;
  readonly fen: Term;
  readonly reason: Term;
}

/** Every row that holds counts: their sum, least or greatest; one that cannot be told leaves the whole untold. */
function collected(
  writing: Writing,
  policy: "P" | "SUM" | "MIN" | "MAX",
  hits: readonly Hit[],
  unsure: Term,
  none: Term,
): Paid {
  const { item, sheet } = writing;
  const untold = hits.map(({ holds, fen }) =>
    junction("OR", [isNull(holds), bracketed(junction("AND", [holds, isNull(fen)]))]),
  );
  const open = sheet.column(junction("OR", untold));
  const any = sheet.column(
    junction(
      "OR",
      hits.map(({ holds }) => holds),
    ),
  );
  // Beyond every amount: the values of the typed form lie within 2^53.
  const outside = integer((policy === "MIN" ? 1 : -1) * 2 ** 53);
  const counted = hits.map(({ holds, fen }) =>
    bracketed(choice([[holds, fen]], policy === "SUM" ? integer(0) : outside)),
  );
  const extreme = `${policy === "MIN" ? "LEAST" : "GREATEST"}(${counted.map(({ text }) => text).join(", ")})`;
  const best = policy === "SUM" ? counted.reduce((all, one) => sum(all, one)) : term(extreme, ...counted);
  const fen = sheet.column(
    choice(
      [
        [open, nothing],
        [any, best],
      ],
      nothing,
    ),
  );
  const entitled = reason(item.common.entitled);
  const why =
    policy === "SUM"
      ? entitled
      : choice(
          hits.map(
            ({ holds, fen: of, reason: row }): Arm => [
              junction("AND", [holds, term(`(${of.text} = ${fen.text})`, of, fen)]),
              row,
            ],
          ),
          entitled,
        );
  const arms: Arm[] = [
    [open, unsure],
    [any, bracketed(choice(due(writing, fen, unsure, bracketed(why))))],
  ];
  return { fen, parts: [], arms, otherwise: none };
}
