import { useText, useWords } from "../ui/words.ts";
import type { StudioEdit } from "./api.ts";
import { TextField } from "./text-field.tsx";
import { numbered, type WrittenTable } from "./written.ts";

type Edit = (edits: readonly StudioEdit[]) => void;
const tableAt = ["rule", "table"] as const;

function RowButtons({ row, rows, edit }: { readonly row: number; readonly rows: number; readonly edit: Edit }) {
  const words = useWords();
  const path = [...tableAt, "rules", row];
  const deeds = [
    { op: "repeat", name: words("studio.repeatRow", { row: row + 1 }), sign: "＋", able: true },
    { op: "raise", name: words("studio.raiseRow", { row: row + 1 }), sign: "↑", able: row > 0 },
    { op: "remove", name: words("studio.removeRow", { row: row + 1 }), sign: "✕", able: rows > 1 },
  ] as const;
  return (
    <div className="row-buttons">
      {deeds.map(({ op, name, sign, able }) => (
        <button
          key={op}
          type="button"
          className="button quiet small"
          aria-label={name}
          title={name}
          disabled={!able}
          onClick={() => edit([{ op, path }])}
        >
          {sign}
        </button>
      ))}
    </div>
  );
}

/** A decision table: one row a rule, cells are FEEL unary tests, each cell a field with its own name. */
export function TableEditor({ table, edit }: { readonly table: WrittenTable; readonly edit: Edit }) {
  const words = useWords();
  const text = useText();
  const heading = (input: WrittenTable["inputs"][number]) => text({ zh: input.zh ?? "", en: input.en ?? "" });
  const set = (path: (string | number)[], value: string) => edit([{ op: "set", path: [...tableAt, ...path], value }]);
  return (
    <div className="table-scroll">
      <table className="plain decision-table">
        <caption>
          {words("studio.table")}{" "}
          <span className="hint small">({words("studio.hitPolicy", { policy: table.hitPolicy })})</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">{words("studio.row")}</th>
            {table.inputs.map((input) => (
              <th key={String(input.expression)} scope="col">
                {heading(input)}
                <br />
                <code className="small">{String(input.expression)}</code>
              </th>
            ))}
            <th scope="col">{words("item.amount")}</th>
            <th scope="col">
              <span className="visually-hidden">{words("studio.rowDeeds")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {numbered(table.rules).map(({ entry: rule, at: row, key }) => (
            <tr key={key}>
              <th scope="row">
                {row + 1}
                <br />
                <code className="small">{rule.code}</code>
              </th>
              {numbered(rule.when).map(({ entry: cell, at: column, key: cellKey }) => (
                <td key={cellKey}>
                  <TextField
                    hidden
                    label={words("studio.cell", {
                      row: row + 1,
                      column: heading(table.inputs[column] ?? { expression: "" }),
                    })}
                    value={String(cell)}
                    onChange={(value) => set(["rules", row, "when", column], value)}
                  />
                </td>
              ))}
              <td>
                <TextField
                  hidden
                  label={words("studio.cell", { row: row + 1, column: words("item.amount") })}
                  value={String(rule.amount)}
                  onChange={(value) => set(["rules", row, "amount"], value)}
                />
              </td>
              <td>
                <RowButtons row={row} rows={table.rules.length} edit={edit} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
