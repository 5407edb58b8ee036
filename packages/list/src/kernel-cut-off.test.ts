import { checkText, dateType, type Environment, evaluate, fold, type Node, parseDay } from "@qingdan/feel/typed";
import { expect, test } from "vitest";
import { withCutOffs } from "./kernel-cut-off.ts";

const environment: Environment = {
  facts: new Map([["born", { name: "born", entity: "person", type: dateType }]]),
  parameters: new Map(),
  areas: [],
  areasWithin: () => null,
};

function rule(test: string): Node {
  const checked = checkText(test, { environment });
  if (!checked.ok) throw new Error(checked.error.message.en);
  return fold(checked.value);
}

const day = (text: string) => parseDay(text) as number;
const holds = (node: Node, born: number) => evaluate(node, { members: 1, fact: () => born });

// Years and months duration of DMN: a month is whole when the day of the month is reached; 29 February is reached on 1 March.
test.each([
  ["1959-07-01", "2024-07-01", 65, true],
  ["1959-07-02", "2024-07-01", 65, false],
  ["1960-02-29", "2025-02-28", 65, false],
  ["1960-02-29", "2025-03-01", 65, true],
  ["1960-02-29", "2024-02-29", 64, true],
])("born %s is, on %s, %d years old or more: %s", (born, asOf, years, expected) => {
  const node = withCutOffs(rule(`years and months duration(born, date("${asOf}")).years >= ${years}`));
  expect(node).toMatchObject({ op: "compare", operator: "<=", left: { fact: "born" }, right: { op: "constant" } });
  expect(holds(node, day(born))).toBe(expected);
});

test("a cut-off says of every birthday what the calendar says", () => {
  const length = (of: string, asOf: string) => `years and months duration(born, date("${asOf}"))${of}`;
  for (const asOf of ["2024-02-29", "2023-02-28", "2024-03-31", "2021-12-01"]) {
    for (const operator of ["<", "<=", "=", "!=", ">", ">="]) {
      for (const text of [length(".years", asOf), `${length(".years", asOf)} * 12 + ${length(".months", asOf)}`]) {
        for (const bound of [-1, 0, 1, 16]) {
          const plain = rule(`${text} ${operator} ${bound}`);
          const cut = withCutOffs(plain);
          for (const around of [0, bound, bound + 1, bound / 12]) {
            const middle = day(asOf) - Math.round(around * 365.25);
            for (let born = middle - 40; born <= middle + 40; born += 1) {
              if (holds(cut, born) !== holds(plain, born))
                throw new Error(`${text} ${operator} ${bound}, born ${born}`);
            }
          }
        }
      }
    }
  }
});
