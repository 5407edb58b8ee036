/** Whether a day lies in a half-open interval: `from` is in it, `until` is not; an end that is absent is open. */
export function inInterval(interval: { readonly from?: string; readonly until?: string }, date: string): boolean {
  const { from, until } = interval;
  return (from === undefined || from <= date) && (until === undefined || date < until);
}
