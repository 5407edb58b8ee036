import type { RoundingMode } from "@qingdan/feel/typed";

/** Helper functions of kernels, by name; a kernel carries those it calls. */
export const kernelHelpers: Readonly<Record<string, string>> = {
  // (year * 12 + month) * 32 + day of the month; "civil from days" by Howard Hinnant (public domain).
  civil: `function civil(n) {
  const z = n + 719468, era = Math.floor(z / 146097), doe = z - era * 146097;
  const yoe = ((doe - ((doe / 1460) | 0) + ((doe / 36524) | 0) - ((doe / 146096) | 0)) / 365) | 0;
  const doy = doe - (365 * yoe + (yoe >> 2) - ((yoe / 100) | 0)), mp = ((5 * doy + 2) / 153) | 0;
  const month = mp < 10 ? mp + 3 : mp - 9, year = yoe + era * 400 + (month <= 2 ? 1 : 0);
  return (year * 12 + month) * 32 + doy - (((153 * mp + 2) / 5) | 0) + 1;
}`,
  monthsBetween: `function monthsBetween(a, b) {
  const x = civil(a), y = civil(b), months = (y >> 5) - (x >> 5), days = (y & 31) - (x & 31);
  return months > 0 && days < 0 ? months - 1 : months < 0 && days > 0 ? months + 1 : months;
}`,
  // Day number of the first of a month, counted in months of the calendar: the inverse of civil.
  firstOf: `function firstOf(ym) {
  const month = ((ym - 1) % 12) + 1, year = (ym - month) / 12 - (month <= 2 ? 1 : 0), era = Math.floor(year / 400);
  const yoe = year - era * 400, doy = ((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) | 0;
  return era * 146097 + yoe * 365 + (yoe >> 2) - ((yoe / 100) | 0) + doy - 719468;
}`,
  addMonths: `function addMonths(n, months) {
  const x = civil(n), ym = (x >> 5) + months, first = firstOf(ym);
  return first + Math.min(x & 31, firstOf(ym + 1) - first) - 1;
}`,
  year: `function year(n) { return (((civil(n) >> 5) - 1) / 12) | 0; }`,
  month: `function month(n) { return (((civil(n) >> 5) - 1) % 12) + 1; }`,
  day: `function day(n) { return civil(n) & 31; }`,
  roundUp: `function roundUp(n, d) { return n < 0 ? -Math.ceil(-n / d) + 0 : Math.ceil(n / d); }`,
  roundDown: `function roundDown(n, d) { return n < 0 ? -Math.floor(-n / d) + 0 : Math.floor(n / d); }`,
  roundHalfUp: `function roundHalfUp(n, d) {
  return n < 0 ? -Math.floor((d - 2 * n) / (2 * d)) + 0 : Math.floor((2 * n + d) / (2 * d));
}`,
  roundHalfDown: `function roundHalfDown(n, d) {
  return n < 0 ? -Math.ceil((-2 * n - d) / (2 * d)) + 0 : Math.ceil((2 * n - d) / (2 * d)) + 0;
}`,
  roundHalfEven: `function roundHalfEven(n, d) {
  const down = Math.floor(n / d), rest = 2 * (n - down * d) - d;
  return rest > 0 || (rest === 0 && down % 2 !== 0) ? down + 1 : down;
}`,
};

export const roundingHelpers: Readonly<Record<RoundingMode, string>> = {
  floor: "Math.floor",
  ceiling: "Math.ceil",
  up: "roundUp",
  down: "roundDown",
  "half up": "roundHalfUp",
  "half down": "roundHalfDown",
  "half even": "roundHalfEven",
};

const needs: Readonly<Record<string, readonly string[]>> = {
  monthsBetween: ["civil"],
  addMonths: ["civil", "firstOf"],
  year: ["civil"],
  month: ["civil"],
  day: ["civil"],
};

/** The source of the helpers called, with what they call. */
export function helperSource(called: Iterable<string>): string {
  const all = new Set<string>();
  for (const name of called) for (const needed of [...(needs[name] ?? []), name]) all.add(needed);
  return [...all].map((name) => kernelHelpers[name] ?? "").join("\n");
}
