import { keyTexts } from "../ui/key-text.ts";
import { useText, useWords } from "../ui/words.ts";
import type { StudioEdit, StudioFile } from "./api.ts";
import { TextField } from "./text-field.tsx";
import { numbered, type WrittenParameter, type WrittenValue } from "./written.ts";

type Edit = (edits: readonly StudioEdit[]) => void;

/** A value is a number where it can be one, and nothing ("missing at the source") where the field is empty. */
function writtenNumber(text: string): string | number | null {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  return /^-?\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : trimmed;
}

const fields = ["from", "until", "value", "document"] as const;

function ValueRow({
  value,
  area,
  keys,
  path,
  edit,
  single,
}: {
  value: WrittenValue;
  /** Name of the area. */
  area: string;
  /** The codes of the key in words. */
  keys: readonly string[];
  path: (string | number)[];
  edit: Edit;
  single: boolean;
}) {
  const words = useWords();
  const which = [area, ...keys, value.from].join(" ");
  return (
    <tr>
      <th scope="row">
        {area} <code className="hint small">{value.area}</code>
        {keys.length > 0 && (
          <span className="value-key">
            {keys.join(" · ")} <code className="hint small">{value.key?.join(" · ")}</code>
          </span>
        )}
      </th>
      {fields.map((field) => (
        <td key={field}>
          <TextField
            hidden
            label={`${words(`studio.${field}`)} (${which})`}
            value={value[field] === undefined || value[field] === null ? "" : String(value[field])}
            onChange={(text) =>
              edit([
                text === "" && field !== "value"
                  ? { op: "remove", path: [...path, field] }
                  : { op: "set", path: [...path, field], value: field === "value" ? writtenNumber(text) : text },
              ])
            }
          />
        </td>
      ))}
      <td>
        <div className="row-buttons">
          <button
            type="button"
            className="button quiet small"
            aria-label={`${words("studio.repeatValue")} (${which})`}
            onClick={() => edit([{ op: "repeat", path }])}
          >
            ＋
          </button>
          <button
            type="button"
            className="button quiet small"
            aria-label={`${words("studio.remove")} (${which})`}
            disabled={single}
            onClick={() => edit([{ op: "remove", path }])}
          >
            ✕
          </button>
        </div>
      </td>
    </tr>
  );
}

/** The numbers of a file with their history: a value is changed in its row, a new one begins as a copy of the one before. */
export function ParametersEditor({
  parameters,
  file,
  edit,
}: {
  readonly parameters: readonly WrittenParameter[];
  /** Has the words of areas and keys. */
  readonly file: Pick<StudioFile, "areas" | "keys">;
  readonly edit: Edit;
}) {
  const words = useWords();
  const text = useText();
  return numbered(parameters).map(({ entry: { code, zh, en, unit, values = [] }, at, key }) => (
    <div key={key} className="table-scroll">
      <table className="plain values">
        <caption>
          {text({ zh: zh ?? code, en: en ?? code })}{" "}
          {unit && <span className="hint small">({words(`unit.${unit}`)})</span>}
        </caption>
        <thead>
          <tr>
            <th scope="col">{words("item.area")}</th>
            {fields.map((field) => (
              <th key={field} scope="col">
                {words(`studio.${field}`)}
              </th>
            ))}
            <th scope="col">
              <span className="visually-hidden">{words("studio.rowDeeds")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {numbered(values).map(({ entry, at: place, key: rowKey }) => (
            <ValueRow
              key={rowKey}
              value={entry}
              area={text(file.areas[entry.area]) || entry.area}
              keys={keyTexts(file.keys[code] ?? [], entry.key ?? [], text)}
              path={[at, "values", place]}
              edit={edit}
              single={values.length < 2}
            />
          ))}
        </tbody>
      </table>
    </div>
  ));
}
