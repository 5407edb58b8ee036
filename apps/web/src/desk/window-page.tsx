import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useNavigate } from "react-router";
import { Loaded } from "../app/loaded.tsx";
import { useTitle } from "../app/use-title.ts";
import { eventApi, formApi } from "../my/api.ts";
import type { ActorView } from "../sign-in/api.ts";
import { useText, useWords } from "../ui/words.ts";
import { useListItems } from "./use-list-items.ts";
import { WindowFrame } from "./window-frame.tsx";

/** The window: a clerk begins somebody's application there, or goes on with one that was begun elsewhere. */
export function WindowPage() {
  const words = useWords();
  useTitle(words("window.title"));
  return (
    <WindowFrame>
      {(actor) => (
        <>
          <h1>{words("window.title")}</h1>
          <p>{words("window.lead")}</p>
          <p className="actions">
            <a href="/desk">{words("desk.title")}</a>
            <a href="/desk/helpers">{words("window.helpers.title")}</a>
          </p>
          <Begin actor={actor} />
          <Resume />
        </>
      )}
    </WindowFrame>
  );
}

const faultOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Value of the choice of a life event, beside the codes of items. */
const eventMark = "event:";

function Begin({ actor }: { readonly actor: ActorView }) {
  const words = useWords();
  const text = useText();
  const id = useId();
  const navigate = useNavigate();
  const [fault, setFault] = useState<string>();
  const [chosen, setChosen] = useState("");
  const { list, items } = useListItems();
  const events = useQuery({
    queryKey: ["events", list],
    queryFn: () => eventApi.all(list),
    enabled: list !== "",
  });
  const area = actor.roles.find(({ role }) => role === "clerk")?.area;
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    const matter = String(said.get("matter"));
    try {
      const form = await formApi.begin({
        list,
        person: String(said.get("person")).trim(),
        members: Number(said.get("members")),
        ...(matter.startsWith(eventMark) ? { bundle: matter.slice(eventMark.length) } : { items: [matter] }),
        ...(area !== undefined && { area }),
      });
      navigate(`/desk/window/${form.id}`);
    } catch (error) {
      setFault(faultOf(error));
    }
  };
  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{words("window.begin")}</h2>
      {fault && (
        <div className="error-summary" role="alert">
          <p>{fault}</p>
        </div>
      )}
      <Loaded query={items}>
        {(page) => (
          <form onSubmit={(event) => void submit(event)}>
            <div className="field">
              <label htmlFor={`${id}-person`}>{words("window.person")}</label>
              <p id={`${id}-person-hint`} className="hint">
                {words("window.personHint")}
              </p>
              <input
                id={`${id}-person`}
                name="person"
                type="text"
                required
                maxLength={120}
                autoComplete="off"
                aria-describedby={`${id}-person-hint`}
              />
            </div>
            <div className="field">
              <label htmlFor={`${id}-matter`}>{words("window.matter")}</label>
              <select
                id={`${id}-matter`}
                name="matter"
                required
                value={chosen}
                onChange={({ target }) => setChosen(target.value)}
              >
                <option value="">{words("window.choose")}</option>
                <optgroup label={words("my.events.title")}>
                  {(events.data?.bundles ?? []).map((bundle) => (
                    <option key={bundle.code} value={`${eventMark}${bundle.code}`}>
                      {text(bundle.name)}
                    </option>
                  ))}
                </optgroup>
                <optgroup label={words("window.items")}>
                  {page.items.map((item) => (
                    <option key={item.code} value={item.code}>
                      {text(item.name)}
                    </option>
                  ))}
                </optgroup>
              </select>
            </div>
            <div className="field">
              <label htmlFor={`${id}-members`}>{words("window.members")}</label>
              <p id={`${id}-members-hint`} className="hint">
                {words("window.membersHint")}
              </p>
              <input
                id={`${id}-members`}
                name="members"
                type="number"
                min={1}
                max={12}
                defaultValue={1}
                required
                aria-describedby={`${id}-members-hint`}
              />
            </div>
            <p className="actions">
              <button type="submit" className="button">
                {words("window.begin")}
              </button>
              {chosen !== "" && !chosen.startsWith(eventMark) && (
                <a href={`/guide/${encodeURIComponent(list)}/${encodeURIComponent(chosen)}`}>{words("window.guide")}</a>
              )}
            </p>
          </form>
        )}
      </Loaded>
    </section>
  );
}

function Resume() {
  const words = useWords();
  const id = useId();
  const navigate = useNavigate();
  const [fault, setFault] = useState<string>();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    try {
      const form = await formApi.resume(String(new FormData(event.currentTarget).get("code")));
      navigate(`/desk/window/${form.id}`);
    } catch (error) {
      setFault(faultOf(error));
    }
  };
  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{words("window.resume")}</h2>
      <form onSubmit={(event) => void submit(event)}>
        {fault && (
          <p className="field-error" role="alert">
            {fault}
          </p>
        )}
        <div className="field">
          <label htmlFor={`${id}-code`}>{words("window.code")}</label>
          <input
            id={`${id}-code`}
            name="code"
            type="text"
            autoComplete="off"
            autoCapitalize="characters"
            required
            maxLength={40}
          />
        </div>
        <p className="actions">
          <button type="submit" className="button">
            {words("my.goOn")}
          </button>
        </p>
      </form>
    </section>
  );
}
