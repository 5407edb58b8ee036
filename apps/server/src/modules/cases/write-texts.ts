import { columnNames, parameters } from "../../store/statement.ts";
import { lineColumns } from "../audit/index.ts";
import { actionColumns, openingColumns, viewColumns } from "./case-rows.ts";
import { keyColumns } from "./request-key.ts";

/** Actions written in one statement. */
export const mostAtOnce = 8;

/** Columns of a table under names of their own in the rows that are asked for. */
const named = (stem: string, columns: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(columns).map(([name, type]) => [`${stem}_${name}`, type]));

const key = named("key", keyColumns);
const line = named("line", lineColumns);
const action = named("action", actionColumns);
const opening = named("opening", openingColumns);
const view = named("view", viewColumns);

/** `asked`: the rows as the statement takes them. */
function asked(rows: number, ...columns: readonly Readonly<Record<string, string>>[]): string {
  const next = parameters();
  const values = Array.from({ length: rows }, () => `(${next.of(...columns)})`);
  return `asked (${columnNames(...columns)}) as (values ${values.join(", ")})`;
}

/** `line` and `action`: for each row that is granted its line of the public log and of the journal. */
const lineAndAction = `
  line as (insert into audit_line (${columnNames(lineColumns)}) select ${columnNames(line)} from granted returning id, commitment),
  action as (insert into case_action (${columnNames(actionColumns)}, log_line)
    select ${columnNames(action)}, line.id from granted join line on line.commitment = line_commitment)`;

/** Rows whose key is there already are not granted. */
const keyed = `
  keyed as (insert into request_key (${columnNames(keyColumns)}) select ${columnNames(key)} from asked
    on conflict do nothing returning made),
  granted as (select asked.* from asked join keyed on keyed.made = action_case_id)`;

/** Without keys every row is granted. */
const unkeyed = "granted as (select * from asked)";

const firstText = (rows: number, withKey: boolean): string => `
  with ${asked(rows, ...(withKey ? [key] : []), line, action, opening, view)}, ${withKey ? keyed : unkeyed}, ${lineAndAction},
  view as (insert into case_view (${columnNames(openingColumns, viewColumns)}, number)
    select ${columnNames(opening, view)},
      to_char(action_day, 'YYYYMMDD') || '-' || lpad(nextval('case_number')::text, 8, '0') from granted
    returning id, number, xmin::text as stamp)
  select view.id, view.number, view.stamp, line.id as line
  from view join granted on action_case_id = view.id join line on line.commitment = line_commitment`;

/** Rows whose case has moved on are not granted. */
const nextText = (rows: number): string => `
  with ${asked(rows, key, line, action, view)},
  held as (update case_view set ${Object.keys(viewColumns)
    .map((name) => `"${name}" = view_${name}`)
    .join(", ")}
    from asked where case_view.id = action_case_id and case_view.seq = action_after
    returning case_view.id, case_view.xmin::text as stamp),
  granted as (select asked.*, held.stamp from asked join held on held.id = action_case_id),
  keyed as (insert into request_key (${columnNames(keyColumns)}) select ${columnNames(key)} from granted), ${lineAndAction}
  select action_case_id as id, line.id as line, stamp from granted join line on line.commitment = line_commitment`;

const counts = Array.from({ length: mostAtOnce }, (_, at) => at + 1);
/** By number of rows, from one on. */
export const firstTexts = counts.map((rows) => firstText(rows, true));
export const nextTexts = counts.map(nextText);
/** One first line of a journal, whose request is noted elsewhere. */
export const unkeyedText = firstText(1, false);
