import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useText, useWords, type Words } from "../ui/words.ts";
import { cockpitApi } from "./api.ts";

interface ActionFormProps {
  readonly indicator: { readonly code: string; readonly leads?: readonly { readonly name: Words }[] };
  readonly area: { readonly code: string };
  readonly alarm: string | null;
  readonly today: string;
}

/** Records who acts by when. */
export function ActionForm({ indicator, area, alarm, today }: ActionFormProps) {
  const words = useWords();
  const text = useText();
  const queries = useQueryClient();
  const [what, setWhat] = useState("");
  const [owner, setOwner] = useState(text(indicator.leads?.[0]?.name));
  const [due, setDue] = useState("");
  const act = useMutation({
    mutationFn: () => cockpitApi.act({ indicator: indicator.code, area: area.code, alarm, what, owner, due }),
    onSuccess: () => {
      setWhat("");
      return queries.invalidateQueries({ queryKey: ["cockpit"] });
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!act.isPending) act.mutate();
  };
  return (
    <details className="record no-print">
      <summary>{words("cockpit.record")}</summary>
      <p className="hint small">{words("cockpit.signIn")}</p>
      <form className="filters" onSubmit={send}>
        <label>
          {words("cockpit.what")}
          <input type="text" required value={what} onChange={(event) => setWhat(event.target.value)} />
        </label>
        <label>
          {words("cockpit.owner")}
          <input type="text" required value={owner} onChange={(event) => setOwner(event.target.value)} />
        </label>
        <label>
          {words("cockpit.dueDate")}
          <input type="date" required min={today} value={due} onChange={(event) => setDue(event.target.value)} />
        </label>
        <button type="submit" className="button small" aria-disabled={act.isPending}>
          {words("cockpit.save")}
        </button>
      </form>
      {act.isSuccess && <p role="status">{words("cockpit.saved")}</p>}
      {act.isError && (
        <p className="field-error" role="alert">
          {act.error.message}
        </p>
      )}
    </details>
  );
}
