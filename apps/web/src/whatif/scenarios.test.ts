import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  reformsOf,
  type Scenarios,
  scenariosFromText,
  scenariosOf,
  scenariosToText,
  sliderRange,
} from "./scenarios.ts";

const name = fc.stringMatching(/^[a-z][A-Za-z0-9]{0,12}$/);
const key = fc.array(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9-]{0,8}$/), { maxLength: 2 });
const change = fc.record({ parameter: name, key, value: fc.double({ noNaN: true, noDefaultInfinity: true }) });
const scenarios: fc.Arbitrary<Scenarios> = fc.array(fc.array(change, { maxLength: 4 }), { minLength: 1, maxLength: 4 });

describe("scenarios", () => {
  test("come back from the address as they went into it", () => {
    fc.assert(
      fc.property(scenarios, (written) => {
        const read = scenariosFromText(scenariosToText(written));
        expect(read.map((changes) => changes.map(({ value, ...rest }) => ({ ...rest, value: value + 0 })))).toEqual(
          written.map((changes) => changes.map(({ value, ...rest }) => ({ ...rest, value: value + 0 }))),
        );
      }),
    );
  });

  test("come back from the reforms that were kept", () => {
    fc.assert(
      fc.property(scenarios, (written) => {
        expect(scenariosOf(reformsOf(written))).toEqual(written.filter((changes) => changes.length > 0));
      }),
    );
  });

  test("a broken address changes nothing", () => {
    for (const text of ["", "x", "=1", "line=", "line=abc", "line=1e999", ";;"]) {
      expect(scenariosFromText(text).flat()).toEqual([]);
    }
  });
});

test.each([
  [{ type: "money" as const }, 1595, { max: 3200, step: 20 }],
  [{ type: "ratio" as const }, 0.3, { max: 0.6, step: 0.005 }],
  [{ type: "integer" as const }, 60, { max: 120, step: 1 }],
  [{ type: "money" as const }, 0, { max: 1, step: 0.01 }],
])("a slider of %o at %d goes to %o", (parameter, current, range) => {
  expect(sliderRange(parameter, current)).toEqual(range);
});
