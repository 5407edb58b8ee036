export type { BlockOptions, BlockRequest } from "./block-request.ts";
export type { PeopleBlock } from "./blocks.ts";
export { ColumnStream, type Filling } from "./column-stream.ts";
export { type ColumnWriter, createColumnWriter, type NamedColumn } from "./column-writer.ts";
export {
  allocateBits,
  allocateColumn,
  factWidth,
  isColumnFact,
  type SnapshotFact,
  type Width,
} from "./fact-column.ts";
export { describeFile } from "./file-digest.ts";
export type { ImportOptions, ImportResult } from "./import-model.ts";
export { importSnapshot } from "./import-snapshot.ts";
export { IntakeError, type IntakeErrorCode } from "./intake-error.ts";
export { describeColumn, type Manifest, type ManifestColumn, type ManifestFile, writeManifest } from "./manifest.ts";
export { type QuarantineReason, quarantineReasons } from "./quarantine-reasons.ts";
export { checkTarget, replaceSnapshot } from "./replace-snapshot.ts";
export { openSnapshot, type Snapshot } from "./snapshot.ts";
