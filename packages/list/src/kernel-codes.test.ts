import { checkText, type Environment, evaluate, type Node, type Type } from "@qingdan/feel/typed";
import { expect, test } from "vitest";
import { withJoinedCodes } from "./kernel-codes.ts";

const grade: Type = { kind: "enum", values: ["none", "1", "2", "3"] };
const environment: Environment = {
  facts: new Map(["grade", "other"].map((name) => [name, { name, entity: "person", type: grade }])),
  parameters: new Map(),
  areas: [],
  areasWithin: () => null,
};

function rule(text: string): Node {
  const checked = checkText(text, { environment });
  if (!checked.ok) throw new Error(checked.error.message.en);
  return checked.value;
}

test("alternatives of one fact are one question", () => {
  expect(withJoinedCodes(rule('grade = "1" or grade = "3" or grade = "1"'))).toMatchObject({
    op: "one-of",
    of: { fact: "grade" },
    values: [1, 3],
  });
  expect(withJoinedCodes(rule('grade = "1" or other = "2" or grade in ("2", "3")'))).toMatchObject({
    op: "or",
    items: [
      { op: "one-of", of: { fact: "grade" }, values: [1, 2, 3] },
      { op: "one-of", of: { fact: "other" }, values: [2] },
    ],
  });
});

test.each([
  'grade = "1" or grade = "2"',
  'grade = "1" and grade = "2"',
  'not(grade = "1" or other = "2" or grade = "3")',
  '(grade = "1" or grade = "2") and (other = "none" or grade = "3" or other = "1")',
])("%s means what it meant, of known and of unknown facts", (text) => {
  const plain = rule(text);
  const joined = withJoinedCodes(plain);
  for (const own of [0, 1, 2, 3, undefined])
    for (const other of [0, 1, 2, 3, undefined]) {
      const situation = { members: 1, fact: (name: string) => (name === "grade" ? own : other) };
      expect(evaluate(joined, situation)).toBe(evaluate(plain, situation));
    }
});
