import { type PublicKeyCredentialCreationOptionsJSON, startRegistration } from "@simplewebauthn/browser";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Navigate } from "react-router";
import { Loaded } from "../app/loaded.tsx";
import { useTitle } from "../app/use-title.ts";
import { formatInstant } from "../ui/format-instant.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useWords } from "../ui/words.ts";
import { type ActorView, identityApi, useMe } from "./api.ts";
import { Field } from "./sign-in-page.tsx";
import { Who } from "./signed-in.tsx";
import "./sign-in.css";

/** One's own account: pass-phrase, passkeys, and where one is signed in. */
export function AccountPage() {
  const words = useWords();
  useTitle(words("account.title"));
  return (
    <Loaded query={useMe()}>
      {({ actor }) => (actor ? <Account actor={actor} /> : <Navigate replace to="/sign-in?goal=/account" />)}
    </Loaded>
  );
}

function Account({ actor }: { readonly actor: ActorView }) {
  const words = useWords();
  const [said, setSaid] = useState<{ readonly ok: boolean; readonly text: string }>();
  const run = async (done: string, deed: () => Promise<unknown>) => {
    try {
      await deed();
      setSaid({ ok: true, text: done });
    } catch (error) {
      setSaid({ ok: false, text: error instanceof Error ? error.message : String(error) });
    }
  };
  return (
    <div className="column">
      <Who actor={actor} />
      <h1>{words("account.title")}</h1>
      {said && (
        <div className={said.ok ? "done" : "error-summary"} role="alert">
          <p>{said.text}</p>
        </div>
      )}
      <Passkeys run={run} />
      <PassPhraseForm run={run} />
      <Sessions run={run} />
    </div>
  );
}

interface RunProps {
  readonly run: (done: string, deed: () => Promise<unknown>) => Promise<void>;
}

function Passkeys({ run }: RunProps) {
  const words = useWords();
  const { language } = usePreferences();
  const client = useQueryClient();
  const query = useQuery({ queryKey: ["identity", "passkeys"], queryFn: identityApi.passkeys });
  const again = () => client.invalidateQueries({ queryKey: ["identity", "passkeys"] });
  const add = async () => {
    const { step, options } = await identityApi.offerPasskey();
    const answer = await startRegistration({ optionsJSON: options as PublicKeyCredentialCreationOptionsJSON });
    await identityApi.addPasskey(step, navigator.platform || "passkey", answer);
    await again();
  };
  const remove = async (id: string) => {
    await identityApi.removePasskey(id);
    await again();
  };
  return (
    <section>
      <h2>{words("account.passkeys")}</h2>
      <p>{words("account.passkeysText")}</p>
      <ul>
        {query.data?.passkeys.map(({ id, name, createdAt }) => (
          <li key={id}>
            {name}, {formatInstant(createdAt, language)}{" "}
            <button
              type="button"
              className="button quiet small"
              onClick={() => void run(words("account.removed"), () => remove(id))}
            >
              {words("account.remove")}
            </button>
          </li>
        ))}
      </ul>
      <button type="button" className="button" onClick={() => void run(words("account.added"), add)}>
        {words("account.addPasskey")}
      </button>
    </section>
  );
}

function PassPhraseForm({ run }: RunProps) {
  const words = useWords();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    const form = new FormData(element);
    void run(words("account.changed"), async () => {
      await identityApi.changePassPhrase(String(form.get("current")), String(form.get("next")));
      element.reset();
    });
  };
  return (
    <section>
      <h2>{words("account.passPhrase")}</h2>
      <form onSubmit={submit}>
        <Field name="current" label={words("account.current")} autoComplete="current-password" secret />
        <Field
          name="next"
          label={words("signIn.newPassPhrase")}
          hint={words("signIn.newPassPhraseHint")}
          autoComplete="new-password"
          secret
        />
        <button type="submit" className="button quiet">
          {words("account.change")}
        </button>
      </form>
    </section>
  );
}

function Sessions({ run }: RunProps) {
  const words = useWords();
  const { language } = usePreferences();
  const client = useQueryClient();
  const query = useQuery({ queryKey: ["identity", "sessions"], queryFn: identityApi.sessions });
  const end = async () => {
    await identityApi.endOtherSessions();
    await client.invalidateQueries({ queryKey: ["identity", "sessions"] });
  };
  return (
    <section>
      <h2>{words("account.sessions")}</h2>
      <ul>
        {query.data?.sessions.map(({ id, seenAt, address, agent, current }) => (
          <li key={id}>
            {formatInstant(seenAt, language)}, {address} {current && <strong>{words("account.thisOne")}</strong>}
            <br />
            <span className="hint small">{agent}</span>
          </li>
        ))}
      </ul>
      <button type="button" className="button quiet" onClick={() => void run(words("account.ended"), end)}>
        {words("account.endOthers")}
      </button>
    </section>
  );
}
