import { scaled } from "../exact-decimal.ts";
import { type Finding, listFinding } from "../finding.ts";
import type { Split } from "../model/payer.ts";
import { placeOf } from "../reading.ts";
import type { Path } from "../yaml-file.ts";
import type { Checked } from "./check.ts";

/** The shares of a ratio make up the whole. */
export function* shareSums({ own }: Checked): Generator<Finding> {
  for (const entry of own.payers) {
    for (const [path, split] of splitsIn(entry.value.split, ["split"])) {
      if (split.kind !== "ratio") continue;
      const sum = split.shares.reduce((total, { percent }) => total + (scaled(percent, 2) ?? 0), 0);
      if (sum === 100_00) continue;
      yield listFinding(
        "LIST-SHARES",
        placeOf(entry, [...path, "shares"], "key"),
        [`各份合计 ${sum / 100}%`, `The shares make ${sum / 100} %`],
        ["合计应为 100%", "They should make 100 %"],
      );
    }
  }
}

/** The splits inside a split, with their paths. */
function* splitsIn(split: Split, path: Path): Generator<readonly [Path, Split]> {
  yield [path, split];
  if ("rest" in split) yield* splitsIn(split.rest, [...path, "rest"]);
  if (split.kind !== "ratio") return;
  for (const [at, share] of split.shares.entries()) {
    if ("split" in share) yield* splitsIn(share.split, [...path, "shares", at, "split"]);
  }
}
