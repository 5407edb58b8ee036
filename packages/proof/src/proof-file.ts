import { fromBase64 } from "./bytes.ts";
import { readCheckpoint } from "./checkpoint.ts";
import { leafHash } from "./hash.ts";
import { commitment, type LogLine } from "./log-line.ts";
import { openNote, readVerifierKey } from "./note.ts";
import { readTlogProof } from "./tlog-proof.ts";
import { verifyInclusion } from "./verify.ts";

/** What a resident keeps: the line, the salt of its commitment, and the proof that the log holds it. */
export interface ProofFile {
  readonly format: "qingdan-proof@1";
  readonly line: LogLine;
  /** Base 64 of 32 bytes. */
  readonly salt: string;
  /** A c2sp.org/tlog-proof. */
  readonly proof: string;
  /** Key of the log. */
  readonly key: string;
}

export const proofReasons = {
  "PROOF-HOLDS": { zh: "这一条确实在日志里，而且没有改动", en: "The line is in the log, unchanged" },
  "PROOF-FILE": { zh: "这不是证明文件", en: "This is not a proof file" },
  "PROOF-KEY": {
    zh: "日志的公钥读不出来，或不是所信任的那一把",
    en: "The log's key cannot be read or is not the trusted one",
  },
  "PROOF-SIGNATURE": { zh: "检查点不是这把公钥签的", en: "The checkpoint is not signed by this key" },
  "PROOF-CHECKPOINT": { zh: "检查点写得不对，或属于别的日志", en: "The checkpoint is malformed or of another log" },
  "PROOF-INCLUSION": {
    zh: "这一条不在日志里：内容、盐或证明被改动过",
    en: "The line is not in the log: content, salt or proof were changed",
  },
} as const;
export type ProofReason = keyof typeof proofReasons;

const isLine = (value: unknown): value is LogLine => {
  const line = (value ?? {}) as Record<string, unknown>;
  return ["kind", "subject", "at", "by"].every((name) => typeof line[name] === "string") && "body" in line;
};

const parse = (text: string): ProofFile | undefined => {
  try {
    const file = JSON.parse(text) as ProofFile;
    const whole = file?.format === "qingdan-proof@1" && isLine(file.line);
    return whole && [file.salt, file.proof, file.key].every((part) => typeof part === "string") ? file : undefined;
  } catch {
    return undefined;
  }
};

/**
 * Whether a proof file shows that its line is in the log. `trusted` is the verifier key that the reader holds; without one
 * the file's own key counts, which shows that the file agrees with itself.
 */
export const verifyProofFile = async (
  text: string,
  trusted?: string,
): Promise<{ readonly ok: boolean; readonly reason: ProofReason; readonly size?: number; readonly index?: number }> => {
  const refuse = (reason: ProofReason) => ({ ok: false, reason });
  const file = parse(text);
  const proof = file && readTlogProof(file.proof);
  const salt = fromBase64(file?.salt ?? "");
  if (!file || !proof || salt?.length !== 32) return refuse("PROOF-FILE");
  const key = readVerifierKey(file.key);
  if (!key || (trusted !== undefined && trusted !== file.key)) return refuse("PROOF-KEY");
  const note = await openNote(proof.checkpoint, [key]);
  if (note === undefined) return refuse("PROOF-SIGNATURE");
  const checkpoint = readCheckpoint(note);
  if (checkpoint?.origin !== key.name) return refuse("PROOF-CHECKPOINT");
  const leaf = leafHash(commitment(salt, file.line));
  const { size, root } = checkpoint;
  if (!verifyInclusion({ leaf, index: proof.index, size, root, proof: proof.proof })) return refuse("PROOF-INCLUSION");
  return { ok: true, reason: "PROOF-HOLDS", size, index: proof.index };
};
