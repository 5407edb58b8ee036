import { fromBase64, toBase64 } from "./bytes.ts";
import { type Hash, hashLength } from "./hash.ts";

/** The head of a log at a size. https://c2sp.org/tlog-checkpoint */
export interface Checkpoint {
  /** Name of the log: an address without its scheme. */
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
}

/** The text that a log signs. */
export const checkpointText = ({ origin, size, root }: Checkpoint): string => `${origin}\n${size}\n${toBase64(root)}\n`;

/** @returns undefined where the text is no checkpoint */
export const readCheckpoint = (text: string): Checkpoint | undefined => {
  const [origin, size = "", encoded = ""] = text.split("\n");
  const root = fromBase64(encoded);
  if (!origin || !/^(0|[1-9]\d*)$/.test(size) || !Number.isSafeInteger(Number(size))) return undefined;
  return root?.length === hashLength ? { origin, size: Number(size), root } : undefined;
};
