export { emptyRoot, type Hash, leafHash, nodeHash, sameHash } from "./hash.ts";
export { append, consistencyProof, inclusionProof, makeTree, rootAt, type Tree, treeSize } from "./tree.ts";
export { type Consistency, type Inclusion, verifyConsistency, verifyInclusion } from "./verify.ts";
