import { createBatcher } from "../../store/batcher.ts";
import type { Database } from "../../store/database.ts";
import { appendAll, type NewLine } from "./append.ts";

/** Lines written in one transaction. */
const atOnce = 500;

/** Writes lines that stand alone, such as looks. */
export interface Appender {
  /** Resolves when the line is committed. Lines that come at the same time share a transaction. */
  add(line: NewLine): Promise<{ index: number }>;
}

export function createAppender(database: Database): Appender {
  return createBatcher<NewLine, { index: number }>({
    // One statement is a transaction of its own.
    write: (lines) => appendAll(database, lines),
    most: atOnce,
    name: () => undefined,
  });
}
