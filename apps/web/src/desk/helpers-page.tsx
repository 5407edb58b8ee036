import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useSearchParams } from "react-router";
import { Loaded } from "../app/loaded.tsx";
import { useTitle } from "../app/use-title.ts";
import { identityApi } from "../sign-in/api.ts";
import { MandateCard } from "../sign-in/mandate-card.tsx";
import { MandateFields, type Matters, mandateTerms } from "../sign-in/mandate-fields.tsx";
import { RelationField } from "../sign-in/relation-field.tsx";
import { useWords } from "../ui/words.ts";
import { useListItems } from "./use-list-items.ts";
import { WindowFrame } from "./window-frame.tsx";

const relations = ["guardian", "close-relative", "committee"] as const;

/** At the window: who acts for somebody who cannot authorise anybody, by the papers that they show; and striking it out. */
export function DeskHelpersPage() {
  const words = useWords();
  useTitle(words("window.helpers.title"));
  return (
    <WindowFrame>
      {() => (
        <>
          <h1>{words("window.helpers.title")}</h1>
          <p>{words("window.helpers.lead")}</p>
          <p className="actions">
            <a href="/desk/window">{words("window.title")}</a>
          </p>
          <OfPerson />
        </>
      )}
    </WindowFrame>
  );
}

function OfPerson() {
  const words = useWords();
  const id = useId();
  const [address, setAddress] = useSearchParams();
  const person = address.get("person") ?? "";
  const find = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const said = String(new FormData(event.currentTarget).get("person")).trim();
    setAddress(said === "" ? {} : { person: said });
  };
  return (
    <>
      <form onSubmit={find}>
        <div className="field">
          <label htmlFor={`${id}-person`}>{words("window.person")}</label>
          <span className="with-button">
            <input
              id={`${id}-person`}
              name="person"
              type="text"
              required
              maxLength={120}
              defaultValue={person}
              autoComplete="off"
            />
            <button type="submit" className="button quiet">
              {words("window.helpers.find")}
            </button>
          </span>
        </div>
      </form>
      {person !== "" && <Mandates key={person} person={person} />}
    </>
  );
}

function Mandates({ person }: { readonly person: string }) {
  const words = useWords();
  const client = useQueryClient();
  const [fault, setFault] = useState<string>();
  const key = ["desk", "mandates", person];
  const query = useQuery({ queryKey: key, queryFn: () => identityApi.mandatesOf(person), staleTime: 0 });
  const items: Matters = useListItems().items.data?.items ?? [];
  const attempt = async (deed: () => Promise<unknown>) => {
    try {
      await deed();
      setFault(undefined);
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
    await client.invalidateQueries({ queryKey: key });
  };
  return (
    <>
      {fault && (
        <div className="error-summary" role="alert">
          <p>{fault}</p>
        </div>
      )}
      <section aria-labelledby="mandates-title">
        <h2 id="mandates-title">{words("window.helpers.of", { person })}</h2>
        <Loaded query={query}>
          {({ given }) => (
            <>
              {given.length === 0 && <p className="hint">{words("window.helpers.none")}</p>}
              {given.map((mandate) => (
                <MandateCard
                  key={mandate.id}
                  mandate={mandate}
                  items={items}
                  evidence={mandate.evidence}
                  disposes={words("window.helpers.disposes")}
                >
                  <button
                    type="button"
                    className="button quiet"
                    onClick={() => void attempt(() => identityApi.revokeMandate(mandate.id))}
                  >
                    {words("window.helpers.strike")}
                  </button>
                </MandateCard>
              ))}
            </>
          )}
        </Loaded>
      </section>
      <Record person={person} items={items} attempt={attempt} />
    </>
  );
}

interface RecordProps {
  readonly person: string;
  readonly items: Matters;
  readonly attempt: (deed: () => Promise<unknown>) => Promise<void>;
}

function Record({ person, items, attempt }: RecordProps) {
  const words = useWords();
  const id = useId();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const written = event.currentTarget;
    const said = new FormData(written);
    const field = (name: string) => String(said.get(name) ?? "").trim();
    await attempt(async () => {
      await identityApi.recordMandate({
        person,
        personName: field("personName"),
        helper: field("helper"),
        relation: relations.find((name) => name === said.get("relation")) ?? "guardian",
        evidence: field("evidence"),
        ...mandateTerms(said),
      });
      written.reset();
    });
  };
  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{words("window.helpers.record")}</h2>
      <form onSubmit={(event) => void submit(event)}>
        <div className="field">
          <label htmlFor={`${id}-personName`}>{words("window.helpers.personName")}</label>
          <input id={`${id}-personName`} name="personName" type="text" required maxLength={80} autoComplete="off" />
        </div>
        <RelationField label={words("window.relation")} relations={relations} />
        <div className="field">
          <label htmlFor={`${id}-helper`}>{words("my.helpers.helper")}</label>
          <input id={`${id}-helper`} name="helper" type="text" required autoComplete="off" />
        </div>
        <div className="field">
          <label htmlFor={`${id}-evidence`}>{words("window.helpers.papers")}</label>
          <input id={`${id}-evidence`} name="evidence" type="text" required maxLength={200} autoComplete="off" />
        </div>
        <MandateFields
          items={items}
          labels={{ matters: words("window.helpers.matters"), disposes: words("window.helpers.disposes") }}
        />
        <p className="actions">
          <button type="submit" className="button">
            {words("window.helpers.record")}
          </button>
        </p>
      </form>
    </section>
  );
}
