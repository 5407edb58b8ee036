export type { PeopleBlock } from "./blocks.ts";
export { type ColumnWriter, createColumnWriter, type NamedColumn } from "./column-writer.ts";
export {
  allocateBits,
  allocateColumn,
  factScale,
  factWidth,
  isColumnFact,
  type SnapshotFact,
  type Width,
} from "./fact-column.ts";
export { describeFile } from "./file-digest.ts";
export { IntakeError, type IntakeErrorCode } from "./intake-error.ts";
export { type Manifest, type ManifestColumn, writeManifest } from "./manifest.ts";
export { type BlockOptions, type BlockRequest, openSnapshot, type Snapshot } from "./snapshot.ts";
