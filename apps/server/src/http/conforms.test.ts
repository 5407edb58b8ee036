import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { conformsTo } from "./conforms.ts";

const words = z.object({ zh: z.string(), en: z.string() });
const schema = z.object({
  id: z.string().min(1).max(6),
  day: z.iso.date().nullable(),
  at: z.iso.datetime(),
  count: z.int().min(0),
  share: z.number(),
  open: z.boolean(),
  stage: z.enum(["received", "decided"]),
  name: words.optional(),
  value: z.union([z.boolean(), z.number(), z.string().max(4)]).nullable(),
  steps: z.array(words),
  deed: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("note"), text: z.string() }),
    z.object({ kind: z.literal("close") }),
  ]),
  body: z.record(z.string(), z.unknown()),
  trimmed: z.string().trim().min(1),
});

const right = {
  id: "a",
  day: "2026-02-28",
  at: "2026-02-10T02:00:00.000Z",
  count: 0,
  share: 0.5,
  open: true,
  stage: "received",
  value: "four",
  steps: [{ zh: "受理", en: "Acceptance" }],
  deed: { kind: "note", text: "" },
  body: { any: [1, { thing: null }] },
  trimmed: "a b",
};

test("an answer that is what its schema says conforms", () => {
  expect(conformsTo(schema)(right)).toBe(true);
  expect(conformsTo(schema)({ ...right, day: null, name: { zh: "", en: "" }, value: false })).toBe(true);
});

test.each([
  ["a field that no schema names", { secret: 1 }],
  ["one deep inside", { steps: [{ zh: "", en: "", secret: 1 }] }],
  ["one of another option", { deed: { kind: "close", text: "secret" } }],
  ["a text that is too long", { id: "abcdefg" }],
  ["a day that is none", { day: "2026-02-29" }],
  ["an instant without its zone", { at: "2026-02-10T02:00:00" }],
  ["a share of people", { count: 0.5 }],
  ["a number below its bound", { count: -1 }],
  ["a number that JSON does not know", { share: Number.NaN }],
  ["a word for a truth", { open: "true" }],
  ["an unknown stage", { stage: "lost" }],
  ["nothing where something is needed", { open: undefined }],
  ["a text that reading would change", { trimmed: " a" }],
])("%s does not", (_, change) => {
  expect(conformsTo(schema)({ ...right, ...change })).toBe(false);
});

test("of options that read alike the first stands, so that the others do not conform by themselves", () => {
  const either = z.union([z.object({ a: z.string() }), z.object({ a: z.string(), b: z.string() })]);
  expect(z.encode(either, { a: "", b: "" })).toEqual({ a: "" });
  expect(conformsTo(either)({ a: "", b: "" })).toBe(false);
  expect(conformsTo(either)({ a: "" })).toBe(true);
});

test("whatever conforms is read as it stands", () => {
  const leaf = fc.oneof(
    ...[fc.boolean(), fc.integer({ min: -2, max: 2 }), fc.double(), fc.constant(null), fc.constant(undefined)],
    fc.constantFrom("", "a", "received", "close", "2026-02-28", "2026-02-10T02:00:00Z", " a"),
  );
  const near = fc.record(
    Object.fromEntries(
      Object.entries(right).map(([name, value]) => [
        name,
        fc.oneof({ weight: 6, arbitrary: fc.constant(value) }, leaf),
      ]),
    ),
  );
  const conforms = conformsTo(schema);
  fc.assert(
    fc.property(near, fc.option(leaf), (value, more) => {
      const asked = more === null ? value : { ...value, more };
      if (!conforms(asked)) return;
      expect(z.encode(schema, asked as never)).toEqual(asked);
    }),
    { numRuns: 2000 },
  );
});
