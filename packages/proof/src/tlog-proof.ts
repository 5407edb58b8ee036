import { fromBase64, toBase64 } from "./bytes.ts";
import { type Hash, hashLength } from "./hash.ts";

/** An inclusion proof with the checkpoint it leads to, to be checked offline. https://c2sp.org/tlog-proof */
export interface TlogProof {
  readonly index: number;
  readonly proof: readonly Hash[];
  /** The signed note. */
  readonly checkpoint: string;
}

const header = "c2sp.org/tlog-proof@v1";

export const writeTlogProof = ({ index, proof, checkpoint }: TlogProof): string =>
  [header, `index ${index}`, ...proof.map(toBase64), "", checkpoint].join("\n");

/** @returns undefined where the text is no proof */
export const readTlogProof = (text: string): TlogProof | undefined => {
  const end = text.indexOf("\n\n");
  const [first, second = "", ...rest] = text.slice(0, Math.max(end, 0)).split("\n");
  const hasExtra = second.startsWith("extra ");
  const indexLine = (hasExtra ? rest.shift() : second) ?? "";
  const [, index] = /^index (0|[1-9]\d*)$/.exec(indexLine) ?? [];
  const proof = rest.map(fromBase64);
  if (first !== header || index === undefined || !Number.isSafeInteger(Number(index))) return undefined;
  if (!proof.every((hash): hash is Uint8Array<ArrayBuffer> => hash?.length === hashLength)) return undefined;
  return { index: Number(index), proof, checkpoint: text.slice(end + 2) };
};
