const format = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" });

/** Since its last summer time ended, Shanghai is eight hours ahead of UTC (IANA time zone database, Asia/Shanghai). */
const steadySince = Date.UTC(1991, 8, 15);
const ahead = 8 * 3_600_000;

/** The day in Shanghai, whose clock China keeps. */
export function shanghaiDay(instant: Date): string {
  const time = instant.getTime();
  if (time < steadySince) return format.format(instant);
  return new Date(time + ahead).toISOString().slice(0, 10);
}
