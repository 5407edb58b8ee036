import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { LIST_FINDINGS } from "./finding.ts";
import { loadList } from "./load-list.ts";
import type { ListSource } from "./reading.ts";
import { type Changes, club, federation } from "./testing/federation.ts";

/** A fault put into a good file, and the text at whose first character it must be told. */
interface Fault {
  readonly title: string;
  readonly code: keyof typeof LIST_FINDINGS;
  readonly list?: "federation" | "club";
  readonly file: string;
  readonly put: readonly [good: string, bad: string];
  readonly at: string;
  readonly hint?: string;
  /** Further findings that the same fault must bring. */
  readonly also?: readonly (keyof typeof LIST_FINDINGS)[];
}

const FREE = "items/free-court.yaml";
const FEES = "parameters/fees.yaml";
const FAULTS: readonly Fault[] = parse(readFileSync(new URL("./testing/faults.yaml", import.meta.url), "utf8"));

/** Where a text begins, counted by hand: lines and columns from 1. */
function placeOf(text: string, needle: string): { line: number; column: number } {
  const at = text.indexOf(needle);
  if (at < 0) throw new Error(`"${needle}" is not in the file`);
  const before = text.slice(0, at).split("\n");
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

function sourceOf({ list, file, put }: Fault): ListSource {
  const change: Changes = { [file]: (text) => text.replace(put[0], () => put[1]) };
  return list === "club" ? club(change) : federation(change);
}

/** Findings of the good lists: they name the club's one recalled value. */
const KNOWN = new Map([
  ["federation", loadList(federation()).findings.map(({ code }) => code)],
  ["club", loadList(club()).findings.map(({ code }) => code)],
]);

describe("a list that is as it should be", () => {
  it("is read without a finding", () => {
    const { list, findings } = loadList(federation());
    expect(findings).toEqual([]);
    expect([...(list?.items.keys() ?? [])]).toEqual(["cn.ball-grant", "cn.free-court"]);
    expect(list?.parameters.get("courtFee")?.values.map(({ value }) => value)).toEqual([3000, 3250]);
    expect(list?.parameters.get("lessonShare")?.values.map(({ value }) => value)).toEqual(["0.25", "0.5"]);
  });

  it("stands on its parent, and its items stand for those that they refine", () => {
    const { list, findings } = loadList(club());
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual([["LIST-MARK-RECALLED", "warning"]]);
    expect(list?.chain).toEqual(["cn-99", "cn"]);
    expect([...(list?.items.keys() ?? [])]).toEqual(["cn.ball-grant", "cn-99.free-court"]);
    expect([...(list?.replaced.keys() ?? [])]).toEqual(["cn.free-court"]);
    expect(list?.items.get("cn.ball-grant")?.list).toBe("cn");
    expect(list?.areas.size).toBe(6);
  });

  it("may serve a place of its own under the place of its parent", () => {
    const header = (text: string) => text.replace("area: cn-99\n", "area: cn-9701\n");
    const areas = `- { code: cn-9701, parent: cn, zh: 海岛, en: Island, level: city }
- { code: cn-970101, parent: cn-9701, zh: 沙滩, en: Beach, level: county }
`;
    const changes = { "list.yaml": header, "areas.yaml": areas, "parameters/fees.yaml": null };
    expect(loadList(club(changes)).findings).toEqual([]);
    const codes = loadList(club({ ...changes, "areas.yaml": areas.replace("parent: cn,", "parent: cn-98,") })).findings;
    expect(codes.map(({ code }) => code)).toContain("LIST-AREA-PARENT");
  });

  it("keeps the item that it splits a part from", () => {
    const { list } = loadList(club({ [FREE]: (text) => text.replace("relation: above", "relation: split") }));
    expect([...(list?.items.keys() ?? [])]).toEqual(["cn.ball-grant", "cn.free-court", "cn-99.free-court"]);
  });

  it("tells where each expression of a rule begins", () => {
    const item = loadList(federation()).list?.items.get("cn.free-court");
    const text = federation().files.get(FREE) ?? "";
    const { line, column } = placeOf(text, "age >= 65");
    expect(item?.origin.positions["rule.conditions.0.test"]).toEqual([line, column]);
    const quoted = placeOf(text, "within(");
    expect(item?.origin.positions["rule.conditions.1.test"]).toEqual([quoted.line, quoted.column]);
  });
});

describe("a fault is told with its code, line and column, and brings no other finding", () => {
  it.each(FAULTS)("$code: $title", (fault) => {
    const source = sourceOf(fault);
    const { findings, list } = loadList(source);
    const place = placeOf(source.files.get(fault.file) ?? "", fault.at);
    const file = `${source.dir}/${fault.file}`;
    const told = findings.filter(({ code }) => code === fault.code);
    expect(told.map(({ file, line, column }) => ({ file, line, column }))).toContainEqual({ file, ...place });
    const others = findings.map(({ code }) => code).filter((code) => code !== fault.code);
    const allowed = [...(KNOWN.get(source.dir) ?? []), ...(fault.also ?? [])];
    expect(others.filter((code) => !(allowed as string[]).includes(code))).toEqual([]);
    expect(list === undefined).toBe(
      [fault.code, ...(fault.also ?? [])].some((code) => LIST_FINDINGS[code] === "error"),
    );
    const found = told.find(({ line, column }) => line === place.line && column === place.column);
    if (fault.hint) expect(found?.hint.en).toContain(fault.hint);
    for (const words of [found?.message, found?.hint]) {
      expect(words?.zh).toMatch(/\p{Script=Han}|\w/u);
      expect(words?.en).toMatch(/\w/);
    }
  });
});

describe("a list without what it stands on", () => {
  const codes = (source: ListSource) => loadList(source).findings.map(({ code, file, line }) => [code, file, line]);

  it("LIST-FILE-MISSING: has no list.yaml", () => {
    expect(codes(federation({ "list.yaml": null }))).toContainEqual(["LIST-FILE-MISSING", "federation/list.yaml", 1]);
  });

  it("LIST-PARENT-MISSING: names a folder that is not there", () => {
    expect(codes({ ...club(), parent: undefined })).toContainEqual(["LIST-PARENT-MISSING", "club/list.yaml", 4]);
  });

  it("is told of the fault in its parent, not of what the fault takes from it", () => {
    const parent = federation({ "areas.yaml": (text) => `${text}- [` });
    expect(codes(club({}, parent)).map(([code]) => code)).toEqual(["LIST-YAML", "LIST-MARK-RECALLED"]);
  });

  it("does not tell again what is told of its parent's values", () => {
    const parent = federation({ [FEES]: (text) => text.replace("from: 2022-01-01", "from: 2019-01-01") });
    expect(codes(club({}, parent)).filter(([code]) => code === "LIST-SAME-DAY")).toEqual([
      ["LIST-SAME-DAY", "federation/parameters/fees.yaml", 8],
    ]);
  });

  it("LIST-PARENT-CYCLE: is its own grandparent", () => {
    const parent = federation({ "list.yaml": (text) => text.replace("area: cn\n", "area: cn\nparent: ../club\n") });
    const circle = club({}, { ...parent, parent: club() });
    expect(codes(circle)).toContainEqual(["LIST-PARENT-CYCLE", "federation/list.yaml", 4]);
  });

  it("LIST-PARENT-AREA: serves an area beside that of its parent", () => {
    const parent = federation({ "list.yaml": (text) => text.replace("area: cn\n", "area: cn-98\n") });
    expect(codes(club({}, parent))).toContainEqual(["LIST-PARENT-AREA", "club/list.yaml", 3]);
  });
});

describe("the codes of findings", () => {
  it("each have a bad file here", () => {
    const shown = ["LIST-FILE-MISSING", "LIST-PARENT-MISSING", "LIST-PARENT-CYCLE", "LIST-PARENT-AREA"];
    const tried = new Set([...FAULTS.map(({ code }) => code as string), ...shown]);
    expect(Object.keys(LIST_FINDINGS).filter((code) => !tried.has(code))).toEqual([]);
  });
});
