/** Days since 1970-01-01 of a date `YYYY-MM-DD`. */
export function dayOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / 86_400_000;
}

/** The day the demo city describes. */
export const demoDate = "2025-06-01";
export const demoDay = dayOf(demoDate);

/** Year, month (1-12) and day of a day number, packed as y * 10000 + m * 100 + d (Howard Hinnant's civil_from_days). */
export function packedDate(day: number): number {
  const z = day + 719_468;
  const era = Math.floor(z / 146_097);
  const ofEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * ofYear + 2) / 153);
  const day1 = ofYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return year * 10_000 + month * 100 + day1;
}

/** Years completed on a packed date: a birthday counts from its day on. */
export function yearsBetween(birth: number, on: number): number {
  return Math.floor((on - birth) / 10_000);
}

/** Months completed on a packed date. */
export function monthsBetween(birth: number, on: number): number {
  const years = Math.floor(on / 10_000) - Math.floor(birth / 10_000);
  const months = (Math.floor(on / 100) % 100) - (Math.floor(birth / 100) % 100);
  return years * 12 + months - (on % 100 < birth % 100 ? 1 : 0);
}
