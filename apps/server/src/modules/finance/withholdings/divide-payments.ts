/** One payment of a batch. */
export interface Payment {
  readonly n: number;
  readonly person: string;
  readonly month: string;
  /** What is due to the person. */
  readonly fen: number;
}

/** What may be withheld of a person's payments for one claim. */
export interface Offset {
  readonly clawBack: string;
  readonly person: string;
  /** `seq` of its agreement in the claim's journal. */
  readonly agreement: number;
  /** At most in all, from now on. */
  readonly leftFen: number;
  /** At most out of each payment, 1-100. */
  readonly mostPercent: number;
  readonly mostFen: number | null;
  /** `YYYY-MM`: payments for this month and later. */
  readonly from: string;
}

export interface Part {
  readonly n: number;
  readonly claw_back: string;
  readonly agreement: number;
  readonly fen: number;
}

/**
 * What each payment withholds for which claim, payments and claims in the order given: within what each agreement still leaves
 * and its limits for one payment (a share is rounded down to the fen), and never more than the payment.
 */
export function dividePayments(payments: readonly Payment[], offsets: readonly Offset[]): readonly Part[] {
  const left = new Map(offsets.map(({ clawBack, leftFen }) => [clawBack, leftFen]));
  const ofPerson = byKey(offsets, ({ person }) => person);
  return payments.flatMap(({ n, person, month, fen }) => {
    let rest = fen;
    const parts: Part[] = [];
    for (const { clawBack, agreement, mostPercent, mostFen, from } of ofPerson.get(person) ?? []) {
      if (month < from) continue;
      const remains = left.get(clawBack) ?? 0;
      const share = Number((BigInt(fen) * BigInt(mostPercent)) / 100n);
      const part = Math.min(remains, share, mostFen ?? share, rest);
      if (part <= 0) continue;
      rest -= part;
      left.set(clawBack, remains - part);
      parts.push({ n, claw_back: clawBack, agreement, fen: part });
    }
    return parts;
  });
}

/** Each kind by its key, in the order given. */
export function byKey<Row>(rows: readonly Row[], keyOf: (row: Row) => string): ReadonlyMap<string, readonly Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const known = found.get(key);
    if (known) known.push(row);
    else found.set(key, [row]);
  }
  return found;
}
