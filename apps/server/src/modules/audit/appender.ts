import type { Database } from "../../store/database.ts";
import { appendAll, type NewLine } from "./append.ts";

/** Lines written in one transaction. */
const atOnce = 500;

/** Writes lines that stand alone, such as looks. */
export interface Appender {
  /** Resolves when the line is committed. Lines that come at the same time share a transaction. */
  add(line: NewLine): Promise<{ index: number }>;
}

interface Waiting {
  readonly line: NewLine;
  readonly resolve: (written: { index: number }) => void;
  readonly reject: (error: unknown) => void;
}

/** While one transaction is under way the next lines gather: under load one commit serves many. */
export function createAppender(database: Database): Appender {
  let waiting: Waiting[] = [];
  let writing = false;
  const write = async (): Promise<void> => {
    writing = true;
    while (waiting.length > 0) {
      const some = waiting.slice(0, atOnce);
      waiting = waiting.slice(atOnce);
      try {
        const lines = some.map(({ line }) => line);
        const written = await database.transaction().execute((tx) => appendAll(tx, lines));
        some.forEach(({ resolve }, at) => {
          resolve(written[at]!);
        });
      } catch (error) {
        for (const { reject } of some) reject(error);
      }
    }
    writing = false;
  };
  return {
    add: (line) =>
      new Promise((resolve, reject) => {
        waiting.push({ line, resolve, reject });
        if (!writing) void write();
      }),
  };
}
