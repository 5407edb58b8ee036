import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { readValue } from "@qingdan/list";
import { z } from "zod";
import { factScale, type SnapshotFact } from "./fact-column.ts";
import { IntakeError } from "./intake-error.ts";

const words = z.strictObject({ zh: z.string(), en: z.string() });

const column = z.strictObject({
  name: z.string(),
  type: z.enum(["boolean", "integer", "decimal", "money", "date", "enum", "area"]),
  /** Stored integer = written value x scale: money 100 (fen), a decimal 10^decimals. */
  scale: z.number().int().positive().optional(),
  /** Codes of an enum in the order of their stored numbers 0, 1, 2, ... */
  values: z.array(z.string()).optional(),
});

const file = z.strictObject({
  file: z.string().regex(/^[\w.-]+$/),
  rows: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** manifest.json of a people snapshot: what the Parquet files beside it mean. */
const manifestSchema = z.strictObject({
  format: z.literal("qingdan-people"),
  version: z.literal(1),
  name: words,
  /** The day the facts describe. */
  date: z.iso.date(),
  seed: z.number().int().optional(),
  people: z.number().int().nonnegative(),
  households: z.number().int().nonnegative(),
  receipts: z.number().int().nonnegative(),
  money: z.literal("fen"),
  /** Area codes in the order of their stored numbers. */
  areas: z.array(z.string()),
  columns: z.strictObject({ persons: z.array(column), households: z.array(column) }),
  /** Parts in reading order; part i of the households belongs to part i of the persons. */
  files: z.strictObject({ persons: z.array(file), households: z.array(file), receipts: z.array(file) }),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type ManifestColumn = z.infer<typeof column>;
export type ManifestFile = z.infer<typeof file>;

/** How the column of a fact is described. */
export function describeColumn(fact: SnapshotFact): ManifestColumn {
  const scale = factScale(fact);
  return column.parse({
    name: fact.name,
    type: fact.type,
    ...(scale === 1 ? {} : { scale }),
    ...(fact.values ? { values: fact.values.map(({ code }) => code) } : {}),
  });
}

const manifestFile = "manifest.json";

/** @throws IntakeError `SNAPSHOT-MISSING`, `SNAPSHOT-MANIFEST` */
export async function readManifest(dir: string): Promise<Manifest> {
  const place = path.join(dir, manifestFile);
  let text: string;
  try {
    text = await readFile(place, "utf8");
  } catch {
    throw new IntakeError({
      code: "SNAPSHOT-MISSING",
      place,
      words: { zh: "没有人口快照的清单文件。", en: "There is no manifest of a people snapshot." },
      hint: {
        zh: "请指向含 manifest.json 的文件夹；示范城市用 qingdan demo 生成。",
        en: "Point to a folder with manifest.json; `qingdan demo` makes the demo city.",
      },
    });
  }
  const read = readValue(manifestSchema, parseJson(text));
  if (!read.ok) {
    const [first] = read.faults;
    throw new IntakeError({
      code: "SNAPSHOT-MANIFEST",
      place: `${place}#/${first?.path.join("/") ?? ""}`,
      words: {
        zh: `清单文件不合格式：${first?.words.zh ?? ""}`,
        en: `The manifest does not have the form of a people snapshot: ${first?.words.en ?? ""}.`,
      },
      hint: { zh: "请重新生成或重新导入。", en: "Make it or import it again." },
    });
  }
  return read.value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export async function writeManifest(dir: string, manifest: Manifest): Promise<void> {
  await writeFile(path.join(dir, manifestFile), `${JSON.stringify(manifestSchema.parse(manifest), null, 2)}\n`);
}
