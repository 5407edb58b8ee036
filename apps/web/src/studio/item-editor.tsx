import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api } from "../app/api.ts";
import { ParameterHistoryView } from "../list/parameter-history.tsx";
import { useText, useWords } from "../ui/words.ts";
import type { StudioEdit, StudioFile } from "./api.ts";
import { FeelField, type RuleName } from "./feel-field.tsx";
import { TableEditor } from "./table-editor.tsx";
import { TextField } from "./text-field.tsx";
import { numbered, type WrittenItem, type WrittenRule } from "./written.ts";

type Edit = (edits: readonly StudioEdit[]) => void;
type Path = readonly (string | number)[];

/** Chinese and English of one statement. */
function WordFields({
  path,
  of,
  name,
  edit,
}: {
  path: Path;
  of: { zh?: string; en?: string };
  name: string;
  edit: Edit;
}) {
  const words = useWords();
  return (["zh", "en"] as const).map((language) => (
    <TextField
      key={language}
      label={`${name} ${words(`studio.${language}`)}`}
      value={of[language] ?? ""}
      rows={(of[language] ?? "").length > 40 ? 3 : 1}
      onChange={(value) => edit([{ op: "set", path: [...path, language], value }])}
    />
  ));
}

function Conditions({ rule, names, edit }: { rule: WrittenRule; names: readonly RuleName[]; edit: Edit }) {
  const words = useWords();
  const conditions = rule.conditions ?? [];
  return (
    <ol className="conditions">
      {numbered(conditions).map(({ entry: condition, at, key }) => {
        const path = ["rule", "conditions", at];
        return (
          <li key={key}>
            <FeelField
              label={words("studio.condition", { code: condition.code })}
              value={String(condition.test)}
              names={names}
              onChange={(value) => edit([{ op: "set", path: [...path, "test"], value }])}
            />
            <WordFields path={path} of={condition} name={words("studio.inWords")} edit={edit} />
            <div className="row-buttons">
              <button type="button" className="button quiet small" onClick={() => edit([{ op: "repeat", path }])}>
                {words("studio.repeatCondition")}
              </button>
              <button
                type="button"
                className="button quiet small"
                disabled={at === 0}
                onClick={() => edit([{ op: "raise", path }])}
              >
                {words("studio.raise")}
              </button>
              <button
                type="button"
                className="button quiet small"
                disabled={conditions.length < 2}
                onClick={() => edit([{ op: "remove", path }])}
              >
                {words("studio.remove")}
              </button>
            </div>
          </li>
        );
      })}
    </ol>
  );
}

function Amounts({ rule, names, edit }: { rule: WrittenRule; names: readonly RuleName[]; edit: Edit }) {
  const words = useWords();
  const text = useText();
  return (
    <>
      {Object.entries(rule.define ?? {}).map(([name, expression]) => (
        <FeelField
          key={name}
          label={words("studio.define", { name })}
          value={String(expression)}
          names={names}
          onChange={(value) => edit([{ op: "set", path: ["rule", "define", name], value }])}
        />
      ))}
      {rule.amount !== undefined && (
        <FeelField
          label={words("item.amount")}
          value={String(rule.amount)}
          names={names}
          onChange={(value) => edit([{ op: "set", path: ["rule", "amount"], value }])}
        />
      )}
      {numbered(rule.parts ?? []).map(({ entry: part, at, key }) => (
        <FeelField
          key={key}
          label={text({ zh: part.zh ?? part.code, en: part.en ?? part.code })}
          value={String(part.amount)}
          names={names}
          onChange={(value) => edit([{ op: "set", path: ["rule", "parts", at, "amount"], value }])}
        />
      ))}
      {rule.table && <TableEditor table={rule.table} edit={edit} />}
    </>
  );
}

/** The numbers that the rule reads, with their history, and the files in which they are changed. */
function Parameters({ list, item, file, onOpen }: ItemEditorProps) {
  const words = useWords();
  const text = useText();
  const query = useQuery({
    queryKey: ["item", list, item.code],
    queryFn: () => api.item(list, item.code),
    retry: false,
  });
  if (file.parameters.length === 0) return null;
  return (
    <>
      <h3>{words("studio.parameters")}</h3>
      {file.parameters.map(({ code, name, files }) => {
        const history = query.data?.parameters.find((parameter) => parameter.code === code);
        return (
          <details key={code}>
            <summary>
              {text(name)} <code className="small">{code}</code>
            </summary>
            <p className="small">
              {words("studio.writtenIn")}{" "}
              {files.map((at) => (
                <button
                  key={`${at.list}/${at.file}`}
                  type="button"
                  className="link"
                  onClick={() => onOpen(at.list, at.file)}
                >
                  {at.list}/{at.file}
                </button>
              ))}
            </p>
            {history && <ParameterHistoryView parameter={history} />}
          </details>
        );
      })}
    </>
  );
}

interface ItemEditorProps {
  readonly list: string;
  readonly item: WrittenItem;
  readonly file: StudioFile;
  readonly edit: Edit;
  readonly onOpen: (list: string, file: string) => void;
}

/** An item as its keeper writes it: the statements in both languages, the rule, the table, the numbers. */
export function ItemEditor(props: ItemEditorProps) {
  const { item, file, edit } = props;
  const words = useWords();
  const text = useText();
  const names = useMemo(
    () => file.names.map(({ name, label, unit }) => ({ name, detail: [text(label), unit].filter(Boolean).join(" ") })),
    [file.names, text],
  );
  return (
    <>
      <h3>{words("studio.statements")}</h3>
      {(["name", "object", "content", "standard", "payer"] as const).map((element) => {
        const of = item[element];
        return of ? (
          <WordFields key={element} path={[element]} of={of} name={words(`studio.${element}`)} edit={edit} />
        ) : null;
      })}
      {item.rule ? (
        <>
          <h3>{words("studio.rule")}</h3>
          <Conditions rule={item.rule} names={names} edit={edit} />
          <Amounts rule={item.rule} names={names} edit={edit} />
        </>
      ) : (
        <p className="hint">{words("studio.noRule")}</p>
      )}
      <Parameters {...props} />
    </>
  );
}
