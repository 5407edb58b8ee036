import { describe, expect, it } from "vitest";
import { readYaml } from "./yaml-file.ts";

describe("a YAML file", () => {
  const text = "a: 1\nb:\n  - { c: 'x + y' }\n  - d: |\n      first\n      second\n  - e: [1, 2]\n";
  const file = readYaml("f.yaml", text);

  it("gives the place of a value, of its key, and of what is around something missing", () => {
    expect(file.place(["b", 0, "c"])).toEqual({ file: "f.yaml", line: 3, column: 10 });
    expect(file.place(["b", 0, "c"], "key")).toEqual({ file: "f.yaml", line: 3, column: 7 });
    expect(file.place(["b", 2, "e", 1])).toEqual({ file: "f.yaml", line: 7, column: 12 });
    expect(file.place(["b", 0, "nothing", "here"])).toEqual({ file: "f.yaml", line: 3, column: 5 });
    expect(file.place([])).toEqual({ file: "f.yaml", line: 1, column: 1 });
  });

  it("tells where a text begins behind its quote or block sign", () => {
    expect(file.textPlace(["b", 0, "c"])).toEqual({ file: "f.yaml", line: 3, column: 11 });
    expect(file.textPlace(["b", 1, "d"])).toEqual({ file: "f.yaml", line: 5, column: 7 });
    expect(file.textPlace(["a"])).toEqual({ file: "f.yaml", line: 1, column: 4 });
  });

  it("keeps dates and quoted numbers as text", () => {
    expect(readYaml("f.yaml", 'day: 2025-07-01\narticle: "27"\n').value).toEqual({ day: "2025-07-01", article: "27" });
  });

  it("that is empty has no value and no finding", () => {
    expect(readYaml("f.yaml", "# nothing\n")).toMatchObject({ value: null, findings: [] });
  });

  it("with aliases that grow without end is refused, not unfolded", () => {
    const rows = Array.from({ length: 12 }, (_, at) => {
      const row =
        at === 0
          ? '"x"'
          : Array(9)
              .fill(`*a${at - 1}`)
              .join(", ");
      return `a${at}: &a${at} [${row}]`;
    });
    const { value, findings } = readYaml("f.yaml", rows.join("\n"));
    expect(value).toBeUndefined();
    expect(findings.map(({ code }) => code)).toEqual(["LIST-YAML"]);
  });
});
