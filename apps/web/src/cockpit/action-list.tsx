import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { formatDate } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { TableFrame } from "../ui/table-frame.tsx";
import { useText, useWords } from "../ui/words.ts";
import { type ActionCard, cockpitApi } from "./api.ts";

/** Actions with owner and due date; each can be closed or opened again with a note. */
export function ActionList({ actions }: { readonly actions: readonly ActionCard[] }) {
  const words = useWords();
  if (actions.length === 0) return <p className="hint">{words("cockpit.noActions")}</p>;
  return (
    <TableFrame
      heads={(["what", "owner", "dueDate", "state", "indicator", "by"] as const).map((head) => ({
        name: words(`cockpit.${head}`),
      }))}
    >
      {actions.map((action) => (
        <ActionLine key={action.id} action={action} />
      ))}
    </TableFrame>
  );
}

function ActionLine({ action }: { readonly action: ActionCard }) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  return (
    <tr>
      <th scope="row">{action.what}</th>
      <td>{action.owner}</td>
      <td>
        {formatDate(action.due, language)}
        {action.overdue && <div className="field-error small">{words("cockpit.overdue")}</div>}
      </td>
      <td>
        {words(`cockpit.states.${action.state}`)}
        {action.events.map(({ at, note, by }) => (
          <div key={at} className="hint small">
            {by}: {note}
          </div>
        ))}
        <MoveForm action={action} />
      </td>
      <td>
        <Link to={`/cockpit/indicators/${action.indicator.code}?area=${action.area.code}`}>
          {text(action.indicator.name)} · {text(action.area.name)}
        </Link>
      </td>
      <td>{action.by}</td>
    </tr>
  );
}

function MoveForm({ action }: { readonly action: ActionCard }) {
  const words = useWords();
  const queries = useQueryClient();
  const [note, setNote] = useState("");
  const move = useMutation({
    mutationFn: (state: string) => cockpitApi.move(action.id, { state, note }),
    onSuccess: () => {
      setNote("");
      return queries.invalidateQueries({ queryKey: ["cockpit"] });
    },
  });
  const states = action.state === "open" ? (["done", "dropped"] as const) : (["open"] as const);
  const names = { done: "cockpit.finish", dropped: "cockpit.drop", open: "cockpit.reopen" } as const;
  return (
    <form className="inline-form no-print" onSubmit={(event) => event.preventDefault()}>
      <label>
        {words("cockpit.note")}
        <input type="text" value={note} onChange={(event) => setNote(event.target.value)} />
      </label>
      {states.map((state) => (
        <button
          key={state}
          type="button"
          className="button quiet small"
          disabled={move.isPending || note.trim() === ""}
          onClick={() => move.mutate(state)}
        >
          {words(names[state])}
          <span className="visually-hidden"> {action.what}</span>
        </button>
      ))}
      {move.isError && (
        <p className="field-error" role="alert">
          {move.error.message}
        </p>
      )}
    </form>
  );
}
