/** What is owed in equal parts, one a month from a day; the first bears what does not divide. */
export function equalInstalments(owedFen: number, parts: number, first: string): { due: string; fen: number }[] {
  const each = Math.floor(owedFen / parts);
  const [year = 0, month = 1, day = 1] = first.split("-").map(Number);
  return Array.from({ length: parts }, (_, at) => {
    const last = new Date(Date.UTC(year, month + at, 0)).getUTCDate();
    const due = new Date(Date.UTC(year, month - 1 + at, Math.min(day, last))).toISOString().slice(0, 10);
    return { due, fen: at === 0 ? owedFen - each * (parts - 1) : each };
  });
}
