import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useNavigate } from "react-router";
import { actFor } from "../app/acting-for.ts";
import { api } from "../app/api.ts";
import { Loaded } from "../app/loaded.tsx";
import { useOnce } from "../app/use-once.ts";
import { useTitle } from "../app/use-title.ts";
import { identityApi, type MandatesView } from "../sign-in/api.ts";
import { MandateCard } from "../sign-in/mandate-card.tsx";
import { MandateFields, type Matters, mandateTerms } from "../sign-in/mandate-fields.tsx";
import { RelationField } from "../sign-in/relation-field.tsx";
import { useWords } from "../ui/words.ts";
import { MyFrame } from "./my-frame.tsx";

type Mandate = MandatesView["given"][number];

/** Who may act for me, whom I may act for; given for named matters and time, taken back at any time. */
export function HelpersPage() {
  const words = useWords();
  useTitle(words("my.helpers.title"));
  return <MyFrame>{() => <Helpers />}</MyFrame>;
}

function Helpers() {
  const words = useWords();
  const client = useQueryClient();
  const [fault, setFault] = useState<string>();
  const query = useQuery({ queryKey: ["my", "helpers"], queryFn: identityApi.mandates, staleTime: 0 });
  const runs = useQuery({ queryKey: ["runs"], queryFn: api.runs });
  const card = runs.data?.runs[0];
  const run = useQuery({
    queryKey: ["run", card?.id],
    queryFn: () => api.run(card?.id ?? ""),
    enabled: card !== undefined,
  });
  const items: Matters = run.data?.perItem ?? [];
  const { once } = useOnce();
  const attempt = (deed: () => Promise<unknown>) =>
    once(async () => {
      try {
        await deed();
        setFault(undefined);
      } catch (error) {
        setFault(error instanceof Error ? error.message : String(error));
      }
      await client.invalidateQueries({ queryKey: ["my", "helpers"] });
    });
  const revoke = (id: string) => void attempt(() => identityApi.revokeMandate(id));
  return (
    <>
      <h1>{words("my.helpers.title")}</h1>
      <p>{words("my.helpers.lead")}</p>
      {fault && (
        <div className="error-summary" role="alert">
          <p>{fault}</p>
        </div>
      )}
      <Loaded query={query}>
        {({ given, received }) => (
          <>
            <Mandates title="my.helpers.given" mandates={given} items={items} onRevoke={revoke} />
            <Mandates title="my.helpers.received" mandates={received} items={items} onRevoke={revoke} acts />
          </>
        )}
      </Loaded>
      <Give items={items} attempt={attempt} />
    </>
  );
}

interface MandatesProps {
  readonly title: string;
  readonly mandates: readonly Mandate[];
  readonly items: Matters;
  readonly onRevoke: (id: string) => void;
  /** Shown to the helper. */
  readonly acts?: boolean;
}

function Mandates({ title, mandates, items, onRevoke, acts = false }: MandatesProps) {
  const words = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const begin = ({ id, personName }: Mandate) => {
    actFor({ id, name: personName });
    client.clear();
    navigate("/my");
  };
  return (
    <section>
      <h2>{words(title)}</h2>
      {mandates.length === 0 && <p className="hint">{words("my.helpers.none")}</p>}
      {mandates.map((mandate) => (
        <MandateCard key={mandate.id} mandate={mandate} items={items} disposes={words("my.helpers.disposes")}>
          {acts && (
            <button type="button" className="button" onClick={() => begin(mandate)}>
              {words("my.helpers.begin", { name: mandate.personName })}
            </button>
          )}
          <button type="button" className="button quiet" onClick={() => onRevoke(mandate.id)}>
            {words(acts ? "my.helpers.layDown" : "my.helpers.revoke")}
          </button>
        </MandateCard>
      ))}
    </section>
  );
}

interface GiveProps {
  readonly items: Matters;
  readonly attempt: (deed: () => Promise<unknown>) => Promise<void>;
}

function Give({ items, attempt }: GiveProps) {
  const words = useWords();
  const id = useId();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const written = event.currentTarget;
    const form = new FormData(written);
    const relation = form.get("relation") === "agent" ? "agent" : "close-relative";
    await attempt(async () => {
      await identityApi.giveMandate({
        helper: String(form.get("helper")),
        relation,
        ...mandateTerms(form),
      });
      written.reset();
    });
  };
  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{words("my.helpers.give")}</h2>
      <form onSubmit={(event) => void submit(event)}>
        <div className="field">
          <label htmlFor={`${id}-helper`}>{words("my.helpers.helper")}</label>
          <input id={`${id}-helper`} name="helper" type="text" required autoComplete="off" />
        </div>
        <RelationField label={words("my.helpers.relation")} relations={["close-relative", "agent"]} />
        <MandateFields
          items={items}
          labels={{ matters: words("my.helpers.matters"), disposes: words("my.helpers.disposes") }}
        />
        <p className="actions">
          <button type="submit" className="button">
            {words("my.helpers.send")}
          </button>
        </p>
      </form>
    </section>
  );
}
