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

type Columns = Readonly<Record<string, string>>;

/** `asked`: the rows as the statement takes them, each value a parameter. */
function asked(rows: number, ...columns: readonly Columns[]): string {
  const next = parameters();
  const values = Array.from({ length: rows }, () => `(${next.of(...columns)})`);
  return `asked (${columnNames(...columns)}) as (values ${values.join(", ")})`;
}

/** `asked` of any number of rows: all of them are one parameter, a list of objects as JSON. */
function askedAsJson(...columns: readonly Columns[]): string {
  const typed = columns.flatMap((some) => Object.entries(some)).map(([name, type]) => `"${name}" ${type}`);
  return `asked as (select * from jsonb_to_recordset($1::jsonb) as written (${typed.join(", ")}))`;
}

/** The line of the public log that a granted row gets. */
const lineId = "nextval('audit_line_id_seq') as line_id";

/** `line` and `action`: each granted row in the public log and in the journal. */
const lineAndAction = `
  line as (insert into audit_line (id, ${columnNames(lineColumns)}) overriding system value
    select line_id, ${columnNames(line)} from granted),
  action as (insert into case_action (${columnNames(actionColumns)}, log_line)
    select ${columnNames(action)}, line_id from granted)`;

/** Rows whose key is there already are not granted. */
const keyed = `
  keyed as (insert into request_key (${columnNames(keyColumns)}) select ${columnNames(key)} from asked
    on conflict do nothing returning made),
  granted as (select asked.*, ${lineId} from asked join keyed on keyed.made = action_case_id)`;

/** Without keys every row is granted. */
const unkeyed = `granted as (select *, ${lineId} from asked)`;

const firstText = (rows: string, granted: string): string => `
  with ${rows}, ${granted}, ${lineAndAction},
  view as (insert into case_view (${columnNames(openingColumns, viewColumns)}, number)
    select ${columnNames(opening, view)},
      to_char(action_day, 'YYYYMMDD') || '-' || lpad(nextval('case_number')::text, 8, '0') from granted
    returning id, number, xmin::text as stamp)
  select view.id, view.number, view.stamp, line_id as line from view join granted on action_case_id = view.id`;

/** Rows whose case has moved on are not granted. */
const nextText = (rows: string, keys: string): string => `
  with ${rows},
  held as (update case_view set ${Object.keys(viewColumns)
    .map((name) => `"${name}" = view_${name}`)
    .join(", ")}
    from asked where case_view.id = action_case_id and case_view.seq = action_after
    returning case_view.id, case_view.xmin::text as stamp),
  granted as (select asked.*, held.stamp, ${lineId} from asked join held on held.id = action_case_id),${keys} ${lineAndAction}
  select action_case_id as id, line_id as line, stamp from granted`;

const keysOfNext = `
  keyed as (insert into request_key (${columnNames(keyColumns)}) select ${columnNames(key)} from granted),`;

const counts = Array.from({ length: mostAtOnce }, (_, at) => at + 1);
/** By number of rows, from one on. */
export const firstTexts = counts.map((rows) => firstText(asked(rows, key, line, action, opening, view), keyed));
export const nextTexts = counts.map((rows) => nextText(asked(rows, key, line, action, view), keysOfNext));
/** One first line of a journal, whose request is noted elsewhere. */
export const unkeyedText = firstText(asked(1, line, action, opening, view), unkeyed);
/** Any number of them, and of further lines, that no request asked for. */
export const manyFirstText = firstText(askedAsJson(line, action, opening, view), unkeyed);
export const manyNextText = nextText(askedAsJson(line, action, view), "");

/** Writes a row of these columns as members of a JSON object. */
function members<Name extends string>(stem: string, columns: Readonly<Record<Name, string>>) {
  const heads = (Object.keys(columns) as Name[]).map((name) => [name, `"${stem}_${name}":`] as const);
  return (row: Readonly<Record<Name, unknown>>): string => {
    let text = "";
    for (const [name, head] of heads) text += `${text === "" ? "" : ","}${head}${jsonOf(row[name])}`;
    return text;
  };
}

/** Most values are nothing, numbers or yes and no, for which a call would cost more than the value. */
function jsonOf(value: unknown): string {
  if (value === null || value === undefined) return "null";
  return typeof value === "number" || typeof value === "boolean" ? `${value}` : JSON.stringify(value);
}

/** Of rows for `manyFirstText` and `manyNextText`. */
export const lineMembers = members("line", lineColumns);
export const actionMembers = members("action", actionColumns);
export const openingMembers = members("opening", openingColumns);
export const viewMembers = members("view", viewColumns);
