import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { editYaml, type YamlEdit, YamlEditError, type YamlPath, yamlValue } from "./edit-yaml.ts";

const text = `# who keeps this
name: { zh: 低保, en: Dibao } # two names
lines:
  - code: a # first
    test: 'x > 1'
  # before the second
  - code: b
    test: "y"
table: [[1, 2], [3, 4]]
rows:
  [
    { when: ['"1"'], amount: 5 },
    { when: ['"2"'], amount: 6 },
  ]
`;

describe("editing a YAML file", () => {
  it("writes a value and leaves every other character where it was", () => {
    expect(editYaml(text, [{ op: "set", path: ["name", "zh"], value: "最低生活保障" }])).toBe(
      text.replace("低保", "最低生活保障"),
    );
    expect(editYaml(text, [{ op: "set", path: ["lines", 0, "test"], value: "x > 2" }])).toBe(
      text.replace("x > 1", "x > 2"),
    );
    expect(editYaml(text, [{ op: "set", path: ["rows", 1, "amount"], value: 60 }])).toBe(
      text.replace("amount: 6", "amount: 60"),
    );
  });

  it("quotes a text that would be read as something else", () => {
    for (const value of ["12", "true", "2024-07-01", "a: b", "# no", "x, y", "- z", "", "null", "'", '"']) {
      for (const path of [
        ["name", "zh"],
        ["lines", 1, "code"],
      ]) {
        expect(at(parse(editYaml(text, [{ op: "set", path, value }])), path)).toBe(value);
      }
    }
  });

  it("adds a key to a map in the map's own style", () => {
    expect(parse(editYaml(text, [{ op: "set", path: ["name", "fr"], value: "x" }])).name.fr).toBe("x");
    const lines = editYaml(text, [{ op: "set", path: ["lines", 0, "zh"], value: "一" }]);
    expect(lines).toContain("    test: 'x > 1'\n    zh: 一\n  # before the second");
  });

  it("repeats, takes out and raises entries, with the comments of the others left alone", () => {
    expect(editYaml(text, [{ op: "repeat", path: ["lines", 1] }])).toBe(
      text.replace('  - code: b\n    test: "y"\n', '  - code: b\n    test: "y"\n  - code: b\n    test: "y"\n'),
    );
    expect(editYaml(text, [{ op: "remove", path: ["lines", 0] }])).not.toContain("# first");
    expect(editYaml(text, [{ op: "remove", path: ["rows", 1] }])).toContain(
      "[\n    { when: ['\"1\"'], amount: 5 },\n  ]",
    );
    expect(parse(editYaml(text, [{ op: "repeat", path: ["rows", 0] }])).rows).toHaveLength(3);
    expect(
      parse(editYaml(text, [{ op: "raise", path: ["lines", 1] }])).lines.map(({ code }: { code: string }) => code),
    ).toEqual(["b", "a"]);
  });

  it("refuses what is not there, and a text that is no YAML", () => {
    const refused: YamlEdit[] = [
      { op: "set", path: ["lines"], value: "x" },
      { op: "set", path: ["nowhere", "deep"], value: "x" },
      { op: "remove", path: ["lines", 7] },
      { op: "raise", path: ["lines", 0] },
      { op: "remove", path: ["gone"] },
    ];
    for (const edit of refused) expect(() => editYaml(text, [edit])).toThrow(YamlEditError);
    expect(() => editYaml("a: [", [{ op: "set", path: ["a"], value: 1 }])).toThrow(YamlEditError);
    expect(yamlValue("a: [")).toBeUndefined();
  });
});

const lists = fileURLToPath(new URL("../../../lists/", import.meta.url));
const files = ["cn-31", "cn-3401"].flatMap((list) =>
  ["items", "parameters"].flatMap((folder) =>
    readdirSync(`${lists}${list}/${folder}`).map((name) => readFileSync(`${lists}${list}/${folder}/${name}`, "utf8")),
  ),
);

/** What an edit means for plain data. */
function edited(value: unknown, { op, path, ...rest }: YamlEdit): unknown {
  const copy = structuredClone(value);
  const around = at(copy, path.slice(0, -1)) as Record<string | number, unknown> & unknown[];
  const last = path.at(-1) as number;
  if (op === "set") around[last] = "value" in rest ? rest.value : null;
  else if (op === "repeat") around.splice(last + 1, 0, around[last]);
  else if (op === "raise") around.splice(last - 1, 2, around[last], around[last - 1]);
  else if (Array.isArray(around)) around.splice(last, 1);
  else delete around[last];
  return copy;
}

function at(value: unknown, path: YamlPath): unknown {
  return path.reduce<unknown>((inside, step) => (inside as Record<string | number, unknown>)[step], value);
}

/** Every edit that a value allows: scalars are set, entries repeated, taken out and raised. */
function editsOf(value: unknown, path: YamlPath, written: string): YamlEdit[] {
  if (Array.isArray(value)) {
    return value.flatMap((entry, index): YamlEdit[] => [
      { op: "repeat", path: [...path, index] },
      ...(value.length > 1 ? [{ op: "remove", path: [...path, index] } as const] : []),
      ...(index > 0 ? [{ op: "raise", path: [...path, index] } as const] : []),
      ...editsOf(entry, [...path, index], written),
    ]);
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value);
    return entries.flatMap(([key, entry]): YamlEdit[] => [
      ...(entries.length > 1 ? [{ op: "remove", path: [...path, key] } as const] : []),
      ...editsOf(entry, [...path, key], written),
    ]);
  }
  return [{ op: "set", path, value: written }];
}

describe("any edit of any file of a list", () => {
  it("changes what it names and nothing else, and keeps the comments", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.string(), (file, which, written) => {
        const source = files[file % files.length]!;
        const before = parse(source);
        const edits = editsOf(before, [], written.replace(/[^\P{C}]/gu, ""));
        const edit = edits[which % edits.length]!;
        const after = editYaml(source, [edit]);
        expect(parse(after)).toEqual(edited(before, edit));
        // A text that was folded over several lines comes back on one.
        if (edit.op === "set") expect(after.split("\n").length).toBeLessThanOrEqual(source.split("\n").length);
        const comments = (yaml: string) => yaml.split("\n").filter((line) => /^\s*#/.test(line)).length;
        expect(comments(after)).toBeGreaterThanOrEqual(edit.op === "remove" ? 1 : comments(source));
      }),
      { numRuns: 300 },
    );
  });
});
