/** Puts things together that come at the same time. */
export interface Batcher<Input, Output> {
  /** Resolves when the batch that holds it is written. */
  add(one: Input): Promise<Output>;
}

interface Waiting<Input, Output> {
  readonly one: Input;
  readonly resolve: (output: Output) => void;
  readonly reject: (error: unknown) => void;
}

interface BatcherOptions<Input, Output> {
  /** Writes a batch, all or nothing; gives what came of each, in their order. */
  readonly write: (batch: readonly Input[]) => Promise<readonly Output[]>;
  readonly most: number;
  /** Two of the same name do not go into one batch. */
  readonly name: (one: Input) => string | undefined;
}

/**
 * While one batch is under way the next gathers: under load one commit serves many, and alone nobody waits. Where a batch fails,
 * each of it is written by itself, so that one's fault is not another's.
 */
export function createBatcher<Input, Output>({
  write,
  most,
  name,
}: BatcherOptions<Input, Output>): Batcher<Input, Output> {
  let waiting: Waiting<Input, Output>[] = [];
  let writing = false;
  const take = (): Waiting<Input, Output>[] => {
    const batch: Waiting<Input, Output>[] = [];
    const names = new Set<string>();
    const later: Waiting<Input, Output>[] = [];
    for (const one of waiting) {
      const own = name(one.one);
      if (batch.length === most || (own !== undefined && names.has(own))) later.push(one);
      else batch.push(one);
      if (own !== undefined) names.add(own);
    }
    waiting = later;
    return batch;
  };
  const settle = async (batch: readonly Waiting<Input, Output>[]): Promise<void> => {
    try {
      const written = await write(batch.map(({ one }) => one));
      batch.forEach(({ resolve }, at) => {
        resolve(written[at] as Output);
      });
    } catch (error) {
      const [only, ...others] = batch;
      if (others.length === 0) only?.reject(error);
      else for (const one of batch) await settle([one]);
    }
  };
  const drain = async (): Promise<void> => {
    writing = true;
    while (waiting.length > 0) await settle(take());
    writing = false;
  };
  return {
    add: (one) =>
      new Promise((resolve, reject) => {
        waiting.push({ one, resolve, reject });
        if (!writing) void drain();
      }),
  };
}
