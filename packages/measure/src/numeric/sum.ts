/** Compensated sum (Neumaier 1974): the error does not grow with the number of terms. */
export function sum(values: ArrayLike<number>): number {
  return sumBy(values.length, (i) => values[i]!);
}

/** Compensated sum of `term(0) .. term(count - 1)`. */
export function sumBy(count: number, term: (i: number) => number): number {
  let total = 0;
  let lost = 0;
  for (let i = 0; i < count; i++) {
    const value = term(i);
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return total + lost;
}
