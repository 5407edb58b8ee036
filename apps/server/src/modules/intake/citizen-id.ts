/** Weights and check characters of GB 11643-1999 (ISO 7064 MOD 11-2). */
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checkCharacters = "10X98765432";

/** SQL: whether `id` has the form of a citizen identification number (15-digit ones of before 1999 do not). */
export function citizenIdForm(id: string): string {
  return `regexp_full_match(${id}, '[0-9]{17}[0-9X]')`;
}

/** SQL: whether the check character of `id` is right; `id` must have the form. */
export function citizenIdCheck(id: string): string {
  const sum = weights
    .map((weight, index) => `TRY_CAST(substr(${id}, ${index + 1}, 1) AS INTEGER) * ${weight}`)
    .join(" + ");
  return `substr('${checkCharacters}', (${sum}) % 11 + 1, 1) = substr(${id}, 18, 1)`;
}

/** SQL: the birth date in `id`, null where there is no such day. */
export function citizenIdBirth(id: string): string {
  const part = (from: number, length: number) => `substr(${id}, ${from}, ${length})`;
  return `TRY_CAST(${part(7, 4)} || '-' || ${part(11, 2)} || '-' || ${part(13, 2)} AS DATE)`;
}

/** SQL: the sex in `id`: odd order numbers are men's. */
export function citizenIdSex(id: string): string {
  return `CASE WHEN TRY_CAST(substr(${id}, 17, 1) AS INTEGER) % 2 = 1 THEN 'male' ELSE 'female' END`;
}
