import type { Log, StoredLine } from "./log.ts";
import { contentOf } from "./log.ts";
import type { LinesPage } from "./model.ts";

export function presentLines(lines: readonly StoredLine[], size: number): LinesPage {
  return {
    lines: lines.map((line) => ({
      id: line.id,
      kind: line.kind,
      at: line.at.toISOString(),
      by: line.actor,
      body: contentOf(line)?.body ?? null,
      leaf: line.leaf,
      erased: line.erased_at !== null,
    })),
    next: lines.length === size ? (lines.at(-1)?.id ?? null) : null,
  };
}

/** The name of the log stands before the first plus sign of its key. */
export const presentKey = ({ verifierKey }: Log) => ({ origin: verifierKey.split("+", 1)[0]!, key: verifierKey });
