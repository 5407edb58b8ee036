import type { GivenMinutes } from "../coverage/judge-minutes.ts";
import { ReachRefusal } from "../refusal.ts";
import type { CsvTable } from "../roads/parse-csv.ts";

/**
 * Reads minutes of travel from a table: a row a `block` and `kind` of place, with `minutes` (empty: no way there) and, where
 * given, the `place`. Of several rows of a block and kind the nearest counts; a block without a row is not known.
 */
export function readMinutes(table: CsvTable, blocks: readonly { readonly code: string }[]): GivenMinutes {
  const at = new Map(blocks.map(({ code }, i) => [code, i]));
  const [kinds, minutes] = [table.column("kind"), table.column("minutes")];
  const places = table.has("place") ? table.column("place") : undefined;
  const given = new Map<string, { readonly minutes: Float64Array; readonly nearest: (string | undefined)[] }>();
  table.column("block").forEach((code, row) => {
    const i = at.get(code);
    const place = `${table.name}, row ${row + 2}`;
    if (i === undefined) throw new ReachRefusal("reach.block-unknown", place, `there is no block ${code}`);
    const value = minutes[row] === "" ? Number.POSITIVE_INFINITY : Number(minutes[row]);
    if (!(value >= 0)) {
      const what = `"${minutes[row]}" is not a number of minutes`;
      throw new ReachRefusal("reach.not-a-number", `${place}, column minutes`, what);
    }
    const own = given.get(kinds[row]!) ?? {
      minutes: new Float64Array(blocks.length).fill(Number.NaN),
      nearest: blocks.map(() => undefined),
    };
    given.set(kinds[row]!, own);
    if (own.minutes[i]! <= value) return;
    own.minutes[i] = value;
    own.nearest[i] = value < Number.POSITIVE_INFINITY ? places?.[row] || undefined : undefined;
  });
  return given;
}
