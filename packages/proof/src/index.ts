export { fromBase64, toBase64 } from "./bytes.ts";
export { type Checkpoint, checkpointText, readCheckpoint } from "./checkpoint.ts";
export { emptyRoot, type Hash, leafHash, nodeHash, sameHash } from "./hash.ts";
export { canonicalJson, commitment, type LogLine, lineText } from "./log-line.ts";
export { type NoteKey, openNote, readVerifierKey, signedNote, verifierKey } from "./note.ts";
export { type ProofFile, type ProofReason, proofReasons, verifyProofFile } from "./proof-file.ts";
export {
  consistencyFromTiles,
  edgeFromTiles,
  growTiles,
  inclusionFromTiles,
  readTileIndex,
  rootFromTiles,
  type TileEdge,
  type TileName,
  type TileReader,
  tilePath,
  tileWidth,
  widthAt,
} from "./tiles.ts";
export { readTlogProof, type TlogProof, writeTlogProof } from "./tlog-proof.ts";
export { append, consistencyProof, inclusionProof, makeTree, rootAt, type Tree, treeSize } from "./tree.ts";
export { type Consistency, type Inclusion, verifyConsistency, verifyInclusion } from "./verify.ts";
