import { generateKeyPairSync, sign } from "node:crypto";
import { expect, it } from "vitest";
import { toBase64, utf8 } from "./bytes.ts";
import { checkpointText } from "./checkpoint.ts";
import { leafHash } from "./hash.ts";
import { canonicalJson, commitment, type LogLine } from "./log-line.ts";
import { type NoteKey, signedNote, verifierKey } from "./note.ts";
import { verifyProofFile } from "./proof-file.ts";
import { writeTlogProof } from "./tlog-proof.ts";
import { append, inclusionProof, makeTree, rootAt } from "./tree.ts";

const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const key: NoteKey = {
  name: "club.example/log",
  publicKey: Uint8Array.from(publicKey.export({ format: "der", type: "spki" }).subarray(-32)),
};
const line: LogLine = {
  kind: "court.book",
  subject: "member-7",
  body: { court: 3, hours: [9, 10] },
  at: "2026-11-22T08:00:00.000Z",
  by: "warden",
};
const salt = new Uint8Array(32).fill(9);

const makeFile = () => {
  const tree = makeTree();
  for (let other = 0; other < 20; other += 1) append(tree, leafHash(Uint8Array.of(other)));
  const index = append(tree, leafHash(commitment(salt, line)));
  append(tree, leafHash(Uint8Array.of(99)));
  const text = checkpointText({ origin: key.name, size: 22, root: rootAt(tree, 22) });
  const checkpoint = signedNote(text, key, sign(null, utf8(text), privateKey));
  const proof = writeTlogProof({ index, proof: inclusionProof(tree, index, 22), checkpoint });
  return { format: "qingdan-proof@1", line, salt: toBase64(salt), proof, key: verifierKey(key) };
};
const judge = async (file: object, trusted?: string) => (await verifyProofFile(JSON.stringify(file), trusted)).reason;

it("a whole file holds", async () => {
  expect(await verifyProofFile(JSON.stringify(makeFile()), verifierKey(key))).toEqual({
    ok: true,
    reason: "PROOF-HOLDS",
    size: 22,
    index: 20,
  });
});

it("every changed part is found", async () => {
  const file = makeFile();
  expect(await judge({ ...file, line: { ...line, body: { court: 4, hours: [9, 10] } } })).toBe("PROOF-INCLUSION");
  expect(await judge({ ...file, line: { ...line, by: "nobody" } })).toBe("PROOF-INCLUSION");
  expect(await judge({ ...file, salt: toBase64(new Uint8Array(32)) })).toBe("PROOF-INCLUSION");
  expect(await judge({ ...file, proof: file.proof.replace("index 20", "index 19") })).toBe("PROOF-INCLUSION");
  expect(await judge({ ...file, proof: file.proof.replace("\n22\n", "\n23\n") })).toBe("PROOF-SIGNATURE");
  expect(await judge({ ...file, key: "x" })).toBe("PROOF-KEY");
  expect(await judge(file, "other.example/log+00000000+AA==")).toBe("PROOF-KEY");
  expect(await judge({ ...file, salt: "short" })).toBe("PROOF-FILE");
  expect(await judge({ ...file, line: {} })).toBe("PROOF-FILE");
  expect((await verifyProofFile("not JSON")).reason).toBe("PROOF-FILE");
});

it("no byte of the proof can be changed unseen", async () => {
  const file = makeFile();
  for (let at = 0; at < file.proof.length; at += 7) {
    const changed = file.proof[at] === "A" ? "B" : "A";
    const proof = file.proof.slice(0, at) + changed + file.proof.slice(at + 1);
    expect({ at, ok: (await verifyProofFile(JSON.stringify({ ...file, proof }))).ok }).toEqual({ at, ok: false });
  }
});

it("equal content is equal text, whatever the order of its keys", () => {
  expect(canonicalJson({ b: [1, { d: null, c: "é" }], a: undefined })).toBe('{"b":[1,{"c":"é","d":null}]}');
});
