import { type PublicKeyCredentialRequestOptionsJSON, startAuthentication } from "@simplewebauthn/browser";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { useTitle } from "../app/use-title.ts";
import { useText, useWords } from "../ui/words.ts";
import { type ActorView, type DemoAccount, forgetEverything, identityApi, useMe } from "./api.ts";
import "./sign-in.css";
import { TableFrame } from "../ui/table-frame.tsx";

/** Only an address of this site: what an answer elsewhere might ask for is not followed. */
const ownPath = (goal: string | null): string | undefined =>
  goal !== null && /^\/(?![/\\])/.test(goal) ? goal : undefined;

export function SignInPage() {
  const words = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [query] = useSearchParams();
  const goal = ownPath(query.get("goal"));
  const [isNew, setIsNew] = useState(false);
  const [fault, setFault] = useState<string>();
  const me = useMe();
  useTitle(words("signIn.title"));

  const enter = async (signIn: () => Promise<{ actor: ActorView }>, start?: string) => {
    setFault(undefined);
    try {
      const { actor } = await signIn();
      forgetEverything(client);
      navigate(goal ?? start ?? (actor.kind === "staff" ? "/desk" : "/my"));
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };
  const byPasskey = async () => {
    const { step, options } = await identityApi.askPasskey();
    const answer = await startAuthentication({ optionsJSON: options as PublicKeyCredentialRequestOptionsJSON });
    return identityApi.signInByPasskey(step, answer);
  };

  return (
    <div className="column">
      <h1>{words(isNew ? "signIn.newTitle" : "signIn.title")}</h1>
      {fault && (
        <div className="error-summary" role="alert">
          <p>{fault}</p>
        </div>
      )}
      {isNew ? <NewAccount onEnter={enter} /> : <PassPhrase onEnter={enter} />}
      <p className="actions">
        {!isNew && (
          <button type="button" className="button quiet" onClick={() => void enter(byPasskey)}>
            {words("signIn.passkey")}
          </button>
        )}
        {me.data?.provider && (
          <a className="button quiet" href={`/api/identity/provider?goal=${encodeURIComponent(goal ?? "/my")}`}>
            {words("signIn.provider")}
          </a>
        )}
        <button type="button" className="button quiet" onClick={() => setIsNew(!isNew)}>
          {words(isNew ? "signIn.haveAccount" : "signIn.noAccount")}
        </button>
      </p>
      {me.data?.demo && <Demo onEnter={enter} />}
    </div>
  );
}

type Enter = (signIn: () => Promise<{ actor: ActorView }>, start?: string) => Promise<void>;

function PassPhrase({ onEnter }: { readonly onEnter: Enter }) {
  const words = useWords();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    void onEnter(() => identityApi.signIn(String(form.get("login")), String(form.get("passPhrase"))));
  };
  return (
    <form onSubmit={submit}>
      <Field name="login" label={words("signIn.login")} autoComplete="username" />
      <Field name="passPhrase" label={words("signIn.passPhrase")} autoComplete="current-password" secret />
      <button type="submit" className="button">
        {words("signIn.go")}
      </button>
    </form>
  );
}

function NewAccount({ onEnter }: { readonly onEnter: Enter }) {
  const words = useWords();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name));
    void onEnter(() => identityApi.register(text("login"), text("name"), text("passPhrase")));
  };
  return (
    <form onSubmit={submit}>
      <Field name="name" label={words("signIn.name")} autoComplete="name" />
      <Field
        name="login"
        label={words("signIn.newLogin")}
        hint={words("signIn.newLoginHint")}
        autoComplete="username"
      />
      <Field
        name="passPhrase"
        label={words("signIn.newPassPhrase")}
        hint={words("signIn.newPassPhraseHint")}
        autoComplete="new-password"
        secret
      />
      <button type="submit" className="button">
        {words("signIn.make")}
      </button>
    </form>
  );
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly autoComplete: string;
  readonly secret?: boolean;
}

/** A labelled line of text; a pass-phrase can be shown while it is typed. */
export function Field({ name, label, hint, autoComplete, secret = false }: FieldProps) {
  const words = useWords();
  const id = useId();
  const [isShown, setIsShown] = useState(false);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p id={`${id}-hint`} className="hint small">
          {hint}
        </p>
      )}
      <span className="with-button">
        <input
          id={id}
          name={name}
          type={secret && !isShown ? "password" : "text"}
          autoComplete={autoComplete}
          autoCapitalize="none"
          spellCheck={false}
          required
          aria-describedby={hint ? `${id}-hint` : undefined}
        />
        {secret && (
          <button
            type="button"
            className="button quiet small"
            aria-pressed={isShown}
            onClick={() => setIsShown(!isShown)}
          >
            {words("signIn.show")}
          </button>
        )}
      </span>
    </div>
  );
}

/** The accounts of a demonstration, said clearly to be one. */
function Demo({ onEnter }: { readonly onEnter: Enter }) {
  const words = useWords();
  const text = useText();
  const demo = useQuery({ queryKey: ["identity", "demo"], queryFn: identityApi.demo });
  const as = ({ login, passPhrase, start }: DemoAccount) =>
    void onEnter(() => identityApi.signIn(login, passPhrase), start);
  return (
    <section className="demo" aria-labelledby="demo-title">
      <h2 id="demo-title">{words("signIn.demo")}</h2>
      <p>{words("signIn.demoText")}</p>
      <TableFrame
        heads={[
          { name: words("signIn.role") },
          { name: words("signIn.login") },
          { name: words("signIn.passPhrase") },
          { name: words("signIn.enter") },
        ]}
      >
        {demo.data?.accounts.map((account) => (
          <tr key={account.login}>
            <th scope="row">
              {text(account.role)} {account.name}
            </th>
            <td>
              <code>{account.login}</code>
            </td>
            <td>
              <code>{account.passPhrase}</code>
            </td>
            <td>
              <button type="button" className="button small" data-login={account.login} onClick={() => as(account)}>
                {words("signIn.enterAs", { role: text(account.role) })}
              </button>
            </td>
          </tr>
        ))}
      </TableFrame>
    </section>
  );
}
