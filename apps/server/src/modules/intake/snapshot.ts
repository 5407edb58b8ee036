import { access } from "node:fs/promises";
import path from "node:path";
import type { BlockOptions, BlockRequest } from "./block-request.ts";
import { type PeopleBlock, readBlocks } from "./blocks.ts";
import { IntakeError } from "./intake-error.ts";
import { type Manifest, readManifest } from "./manifest.ts";

/** People as of a date: a folder of Parquet files with a manifest. */
export interface Snapshot {
  readonly dir: string;
  readonly manifest: Manifest;
  readonly persons: number;
  readonly households: number;
  /** Full paths of the receipts files (columns person, item, fen, per, since). */
  readonly receiptFiles: readonly string[];
  /**
   * People as blocks of columns, in the order of the files; a household is never split.
   * @throws IntakeError `SNAPSHOT-FACT-MISSING`, `SNAPSHOT-AREA-UNKNOWN`, `SNAPSHOT-HOUSEHOLDS-APART`
   */
  blocks(request: BlockRequest, options?: BlockOptions): AsyncGenerator<PeopleBlock>;
}

/** @throws IntakeError `SNAPSHOT-MISSING`, `SNAPSHOT-MANIFEST` */
export async function openSnapshot(dir: string): Promise<Snapshot> {
  const manifest = await readManifest(dir);
  const { persons, households, receipts } = manifest.files;
  for (const { file } of [...persons, ...households, ...receipts]) await requireFile(path.join(dir, file));
  return {
    dir,
    manifest,
    persons: manifest.people,
    households: manifest.households,
    receiptFiles: receipts.map(({ file }) => path.join(dir, file)),
    blocks: (request, options = {}) => readBlocks({ dir, manifest, request, options }),
  };
}

async function requireFile(file: string): Promise<void> {
  try {
    await access(file);
  } catch {
    throw new IntakeError({
      code: "SNAPSHOT-MISSING",
      place: file,
      words: { zh: "清单文件列出的数据文件不在。", en: "A file that the manifest lists is not there." },
      hint: { zh: "请把整个文件夹一起复制，或重新生成。", en: "Copy the whole folder, or make it again." },
    });
  }
}
