/** The desk of no area: it lies in no other, so that no role reaches it. */
export const noDesk = "-";

/** The desk of an area, or of one office of it. */
export const deskOf = (area: string, office?: string): string => (office ? `${area}/${office}` : area);

/**
 * The areas that hold an area, nearest first, by the digits of GB/T 2260: village 12, town 9, county 6, city 4, province 2, nation.
 * An area of another form holds itself alone.
 */
export function areasAbove(area: string): readonly string[] {
  const digits = /^cn-(\d+)$/.exec(area)?.[1];
  if (digits === undefined) return [];
  const above = [9, 6, 4, 2]
    .filter((length) => length < digits.length)
    .map((length) => `cn-${digits.slice(0, length)}`);
  return [...above, "cn"];
}

/** A desk with every desk that it lies in. */
export function deskChain(
  area: string,
  office?: string,
): readonly { readonly desk: string; readonly above: string[] }[] {
  const areas = [area, ...areasAbove(area)];
  return areas.flatMap((code, at) => {
    const next = areas[at + 1];
    const plain = { desk: deskOf(code), above: next === undefined ? [] : [deskOf(next)] };
    if (!office) return [plain];
    const up = [deskOf(code), ...(next === undefined ? [] : [deskOf(next, office)])];
    return [{ desk: deskOf(code, office), above: up }, plain];
  });
}
