import type { ItemPage as Item } from "../app/api.ts";
import { TableFrame } from "../ui/table-frame.tsx";
import { useText, useWords } from "../ui/words.ts";

type Rule = NonNullable<Item["rule"]>;

function Amounts({ rule }: { readonly rule: Rule }) {
  const words = useWords();
  const text = useText();
  return (
    <>
      {rule.amount && (
        <p>
          {words("item.amount")}: <code>{rule.amount}</code>
        </p>
      )}
      {rule.parts.length > 0 && (
        <ul>
          {rule.parts.map((part) => (
            <li key={part.code}>
              {text(part)}: <code>{part.amount}</code>
            </li>
          ))}
        </ul>
      )}
      {rule.table && (
        <TableFrame
          heads={[
            ...rule.table.inputs.map((input) => ({ code: input.expression, name: text(input) })),
            { name: words("item.amount") },
          ]}
        >
          {rule.table.rules.map((row) => (
            <tr key={row.code}>
              {row.when.map((test, column) => (
                <td key={rule.table?.inputs[column]?.expression}>
                  <code>{test}</code>
                </td>
              ))}
              <td>
                <code>{row.amount}</code>
              </td>
            </tr>
          ))}
        </TableFrame>
      )}
    </>
  );
}

/** How an entry is decided: its conditions in order, each with its law, and the amount. */
export function RuleView({ rule, facts }: { readonly rule: Rule; readonly facts: Item["facts"] }) {
  const words = useWords();
  const text = useText();
  return (
    <>
      <h2>{words("item.rule")}</h2>
      <h3>{words("item.conditions")}</h3>
      <ol>
        {rule.conditions.map((condition) => (
          <li key={condition.code}>
            {text(condition)}
            {condition.basis && (
              <span className="hint small">
                {" "}
                {condition.basis.source.title}
                {condition.basis.article && ` ${words("item.article", { article: condition.basis.article })}`}
              </span>
            )}
            <br />
            <code className="small">{condition.test}</code>
          </li>
        ))}
      </ol>
      {rule.define.map(({ name, expression }) => (
        <p key={name}>
          <code>
            {name} = {expression}
          </code>
        </p>
      ))}
      <Amounts rule={rule} />
      <p>
        {words("item.facts")}: {facts.map(({ label }) => text(label)).join(" · ")}
      </p>
    </>
  );
}
