const format = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" });

/** The day in Shanghai, whose clock China keeps. */
export function shanghaiDay(instant: Date): string {
  return format.format(instant);
}
