import { describe, expect, it } from "vitest";
import { readMarginalsFile } from "./marginals.ts";

const { sources, figures } = readMarginalsFile();

describe("the published figures", () => {
  it("cite only sources that are there, and every source is cited", () => {
    const cited = new Set(Object.values(figures).flatMap(({ source }) => source));
    expect([...cited].filter((code) => !(code in sources))).toEqual([]);
    expect(Object.keys(sources).filter((code) => !cited.has(code))).toEqual([]);
  });

  it("claim to be read only where a source is named", () => {
    const bare = Object.entries(figures).filter(([, { mark, source }]) => mark !== "R" && source.length === 0);
    // Standards of the lists are cited in their parameters, as the notes say.
    expect(bare.map(([name]) => name).sort()).toEqual(["assistance", "residentsPension"]);
  });

  it("give shares of one whole that sum to one", () => {
    for (const name of ["ageShares", "localAges", "disabilityKinds"] as const) {
      const sum = Object.values(figures[name].value).reduce((total, one) => total + one, 0);
      expect(sum, name).toBeCloseTo(1, 2);
    }
  });
});
