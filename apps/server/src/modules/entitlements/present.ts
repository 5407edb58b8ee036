import type { List } from "@qingdan/list";
import type { RunRow } from "./lake.ts";
import {
  findings,
  outcomes,
  type PersonsPage,
  type PersonsQuery,
  type RunCard,
  type RunItemPage,
  type RunPage,
} from "./model.ts";
import type { StoredRun } from "./run-store.ts";
import { districtName, withoutReasons } from "./summary.ts";

/** The only door from a run to JSON. */
export function presentRunCard({ record }: StoredRun): RunCard {
  const { total: _, districts: __, ...card } = record.run;
  return card;
}

export function presentRun({ record }: StoredRun): RunPage {
  return { ...record.run, perItem: record.items.map(withoutReasons) };
}

/** A page of people; where it is not counted, `total` comes from the sums of the run, which were counted from the same rows. */
export function presentPersons(
  run: StoredRun,
  list: List,
  item: number,
  query: PersonsQuery,
  { rows, total }: { readonly rows: readonly RunRow[]; readonly total: number | undefined },
): PersonsPage {
  const { street } = query;
  return {
    total: total ?? countOf(run.record.items[item]!, query),
    street: street === undefined ? null : districtName({ list }, street),
    page: query.page,
    size: query.size,
    persons: rows.map((row) => presentRow(run, list, item, row)),
  };
}

function countOf(item: RunItemPage, { group, district }: PersonsQuery): number {
  const figures =
    district === undefined ? item.total : item.districts.find((candidate) => candidate.district.code === district);
  return figures?.[group] ?? 0;
}

function presentRow(
  { record, rulebook }: StoredRun,
  list: List,
  item: number,
  row: RunRow,
): PersonsPage["persons"][number] {
  const reason = rulebook.items[item]?.reasons[row.reason];
  return {
    person: String(row.person),
    district: districtName({ list }, record.codes.districts[row.district]!),
    outcome: outcomes[row.outcome]!,
    reason: { code: reason?.code ?? "", text: { zh: reason?.zh ?? "", en: reason?.en ?? "" } },
    fen: row.fen,
    receivedFen: row.received,
    finding: row.finding === null ? null : findings[row.finding]!,
  };
}
