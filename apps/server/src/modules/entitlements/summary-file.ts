import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Rulebook } from "@qingdan/list";
import { type BasicType, parquetWriteBuffer } from "hyparquet-writer";
import type { RunPlan } from "./plan.ts";
import type { Summary } from "./summary.ts";
import type { Tally } from "./tally.ts";

/** Writes the sums of a run for other programs: figures by item and district, money by payer, answers by reason. */
export async function writeSummary(folder: string, summary: Summary) {
  const cells = summary.items.flatMap((item) => item.districts.map((figures) => ({ item: item.code, figures })));
  await writeTable(path.join(folder, "summary.parquet"), cells, [
    text("item", ({ item }) => item),
    text("district", ({ figures }) => figures.district.code),
    count("entitled", ({ figures }) => figures.entitled),
    count("undetermined", ({ figures }) => figures.undetermined),
    count("not_entitled", ({ figures }) => figures.notEntitled),
    count("receiving", ({ figures }) => figures.receiving),
    count("missed", ({ figures }) => figures.missed),
    count("underpaid", ({ figures }) => figures.underpaid),
    count("overpaid", ({ figures }) => figures.overpaid),
    count("unsettled", ({ figures }) => figures.unsettled),
    count("fen_month", ({ figures }) => figures.fenPerMonth),
    count("fen_year", ({ figures }) => figures.fenPerYear),
  ]);
  const shares = cells.flatMap(({ item, figures }) =>
    figures.payers.map((share) => ({ item, district: figures.district.code, share })),
  );
  await writeTable(path.join(folder, "payers.parquet"), shares, [
    text("item", ({ item }) => item),
    text("district", ({ district }) => district),
    text("payer", ({ share }) => share.payer),
    text("payer_area", ({ share }) => share.area),
    count("fen_month", ({ share }) => share.fenPerMonth),
    count("fen_year", ({ share }) => share.fenPerYear),
  ]);
}

/** Writes how many people have each reason for "not entitled" and "cannot be determined", by item and district. */
export async function writeReasons(folder: string, rulebook: Rulebook, plan: RunPlan, tally: Tally) {
  const rows = rulebook.items.flatMap((item, index) =>
    plan.districts.flatMap((district, at) =>
      item.reasons.flatMap((reason, position) => {
        const cell = at * item.reasons.length + position;
        const { notEntitled, undetermined } = tally[index]!;
        return [
          { item: item.code, district, reason: reason.code, outcome: "not", people: notEntitled[cell]! },
          { item: item.code, district, reason: reason.code, outcome: "undetermined", people: undetermined[cell]! },
        ].filter(({ people }) => people > 0);
      }),
    ),
  );
  await writeTable(path.join(folder, "reasons.parquet"), rows, [
    text("item", ({ item }) => item),
    text("district", ({ district }) => district),
    text("reason", ({ reason }) => reason),
    text("outcome", ({ outcome }) => outcome),
    count("people", ({ people }) => people),
  ]);
}

interface Column<Row> {
  readonly name: string;
  readonly type: BasicType;
  readonly value: (row: Row) => string | bigint | null;
}

const text = <Row>(name: string, value: (row: Row) => string | null): Column<Row> => ({ name, type: "STRING", value });
const count = <Row>(name: string, value: (row: Row) => number | null): Column<Row> => ({
  name,
  type: "INT64",
  value: (row) => {
    const number = value(row);
    return number === null ? null : BigInt(number);
  },
});

async function writeTable<Row>(file: string, rows: readonly Row[], columns: readonly Column<Row>[]) {
  const columnData = columns.map(({ name, type, value }) => ({ name, type, data: rows.map(value) }));
  await writeFile(file, new Uint8Array(parquetWriteBuffer({ columnData })));
}
