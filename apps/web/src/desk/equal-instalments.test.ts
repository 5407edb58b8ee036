import { expect, test } from "vitest";
import { equalInstalments } from "./equal-instalments.ts";

test("instalments sum to what is owed; the first bears the rest; a month without the day takes its last (民法典 art. 202)", () => {
  expect(equalInstalments(100_00, 3, "2026-01-31")).toEqual([
    { due: "2026-01-31", fen: 33_34 },
    { due: "2026-02-28", fen: 33_33 },
    { due: "2026-03-31", fen: 33_33 },
  ]);
  expect(equalInstalments(5, 1, "2026-12-15")).toEqual([{ due: "2026-12-15", fen: 5 }]);
  expect(equalInstalments(24, 14, "2026-12-01").at(-1)).toEqual({ due: "2028-01-01", fen: 1 });
});
