import type { List, Parameter } from "./model/list.ts";
import type { Words } from "./model/words.ts";

/**
 * The words of the codes of a parameter's keys, one map a dimension: its own `labels`, or those of the enumerated facts that
 * have every code of the key, where they all say the same. A code without words is not in its map.
 */
export function keyWords(
  { facts }: Pick<List, "facts">,
  { keys }: Pick<Parameter, "keys">,
): readonly ReadonlyMap<string, Words>[] {
  return keys.map(({ values, labels = {} }) => {
    const holders = [...facts.values()].flatMap(({ values: known = [] }) => {
      const byCode = new Map(known.map(({ code, zh, en }) => [code, { zh, en }] as const));
      return values.every((code) => byCode.has(code)) ? [byCode] : [];
    });
    return new Map(
      values.flatMap((code) => {
        const words = labels[code] ?? agreed(holders.flatMap((holder) => holder.get(code) ?? []));
        return words === undefined ? [] : [[code, words] as const];
      }),
    );
  });
}

/** The words that all of them are. */
function agreed(all: readonly Words[]): Words | undefined {
  const [first] = all;
  return all.every(({ zh, en }) => zh === first?.zh && en === first.en) ? first : undefined;
}
