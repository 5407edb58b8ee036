import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useId, useRef, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { newKey } from "../app/ask.ts";
import { Loaded } from "../app/loaded.tsx";
import { useOnce } from "../app/use-once.ts";
import { useTitle } from "../app/use-title.ts";
import { type CasePage, caseApi } from "../my/api.ts";
import { SignedIn, Who } from "../sign-in/signed-in.tsx";
import { formatMoney } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";
import { type ClawBackPreview, type ClawBackRequest, clawBackApi } from "./claw-back-api.ts";
import { Lines } from "./claw-back-part.tsx";
import { valueLike } from "./deed-fields.tsx";
import { ShareTable } from "./share-table.tsx";
import "../sign-in/sign-in.css";
import "./case.css";

const grounds = ["decision-changed", "facts-corrected", "run"] as const;
type Ground = (typeof grounds)[number];

/** Money of one case claimed back: why, from when, and what comes of it before it is opened. */
export function ClaimPage() {
  const words = useWords();
  const [query] = useSearchParams();
  const id = query.get("case") ?? "";
  const matter = useQuery({ queryKey: ["case", id], queryFn: () => caseApi.one(id) });
  useTitle(words("clawBack.title"));
  return (
    <SignedIn kind="staff">
      {(actor) => (
        <>
          <Who actor={actor} />
          <h1>{words("clawBack.title")}</h1>
          <Loaded query={matter}>{(source) => <Claim matter={source} />}</Loaded>
        </>
      )}
    </SignedIn>
  );
}

function Claim({ matter }: { readonly matter: CasePage }) {
  const words = useWords();
  const text = useText();
  const navigate = useNavigate();
  const key = useRef(newKey());
  const form = useRef<HTMLFormElement>(null);
  const [ground, setGround] = useState<Ground>("decision-changed");
  const [preview, setPreview] = useState<ClawBackPreview>();
  const [fault, setFault] = useState<string>();
  const { isBusy, once } = useOnce();
  /** Counts what was changed in the fields. */
  const changes = useRef(0);
  const attempt = async (deed: (request: ClawBackRequest) => Promise<void>) => {
    if (!form.current?.reportValidity()) return;
    try {
      setFault(undefined);
      await deed(requestOf(matter, ground, new FormData(form.current)));
    } catch (error) {
      setPreview(undefined);
      setFault(error instanceof Error ? error.message : String(error));
    }
  };
  const foresee = async (request: ClawBackRequest) => {
    const asked = changes.current;
    const answer = await clawBackApi.preview(request);
    // What was worked out of other fields than stand here is not what would be opened.
    if (asked === changes.current) setPreview(answer);
  };
  const change = () => {
    changes.current += 1;
    setPreview(undefined);
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const open = async (request: ClawBackRequest) => {
      const { id } = await clawBackApi.open(request, key.current);
      navigate(`/desk?case=${id}`);
    };
    void once(() => attempt(open));
  };
  return (
    <>
      <p>
        <a href={`/desk?case=${matter.id}`}>{text(matter.item.name)}</a>{" "}
        {words("case.number", { number: matter.number })}
      </p>
      {fault && (
        <div className="error-summary" role="alert">
          <p>{fault}</p>
        </div>
      )}
      <form ref={form} onSubmit={submit} onChange={change}>
        <Fields matter={matter} ground={ground} onGround={setGround} />
        <p className="actions">
          <button type="button" className="button quiet" onClick={() => void attempt(foresee)}>
            {words("clawBack.form.preview")}
          </button>
          {preview && (
            <button type="submit" className="button" aria-disabled={isBusy}>
              {words("clawBack.form.open")}
            </button>
          )}
        </p>
      </form>
      {preview && <Preview preview={preview} />}
    </>
  );
}

interface FieldsProps {
  readonly matter: CasePage;
  readonly ground: Ground;
  readonly onGround: (ground: Ground) => void;
}

function Fields({ matter, ground, onGround }: FieldsProps) {
  const words = useWords();
  const text = useText();
  const id = useId();
  return (
    <>
      <div className="field">
        <label htmlFor={`${id}-ground`}>{words("clawBack.form.ground")}</label>
        <select id={`${id}-ground`} value={ground} onChange={({ target }) => onGround(target.value as Ground)}>
          {grounds.map((one) => (
            <option key={one} value={one}>
              {words(`clawBack.ground.${one}`)}
            </option>
          ))}
        </select>
      </div>
      {ground === "facts-corrected" && (
        <>
          <div className="field">
            <label htmlFor={`${id}-fact`}>{words("clawBack.form.fact")}</label>
            <select id={`${id}-fact`} name="fact" required>
              {matter.facts.map(({ of, fact, label, text: value }) => (
                <option key={`${of} ${fact}`} value={`${of} ${fact}`}>
                  {text(label)}: {text(value)}
                </option>
              ))}
            </select>
          </div>
          <div className="field">
            <label htmlFor={`${id}-value`}>{words("clawBack.form.value")}</label>
            <input id={`${id}-value`} name="value" type="text" required />
          </div>
        </>
      )}
      <div className="field">
        <label htmlFor={`${id}-from`}>{words("clawBack.form.from")}</label>
        <input
          id={`${id}-from`}
          name="from"
          type="text"
          pattern="\d{4}-\d{2}"
          required={ground !== "decision-changed"}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-text`}>{words("clawBack.form.text")}</label>
        <textarea id={`${id}-text`} name="text" rows={3} required />
      </div>
    </>
  );
}

function Preview({ preview }: { readonly preview: ClawBackPreview }) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const money = (fen: number) => formatMoney(fen, undefined, language);
  return (
    <section aria-live="polite">
      <h2>{words("clawBack.form.sum", { amount: money(preview.fen) })}</h2>
      {preview.rule && (
        <p>
          {words("clawBack.form.rule", { answer: words(`outcome.${preview.rule.outcome}`) })}{" "}
          {text(preview.rule.reason)}
        </p>
      )}
      <Lines lines={preview.lines} money={money} />
      <ShareTable caption={words("clawBack.form.shares")} shares={preview.shares} money={money} />
    </section>
  );
}

/** The claim that a filled-in form means; the server checks it whole. */
function requestOf(matter: CasePage, ground: Ground, form: FormData): ClawBackRequest {
  const said = (name: string) => String(form.get(name) ?? "").trim();
  const base = { case: matter.id, text: said("text") };
  const from = said("from");
  if (ground === "decision-changed") return { ground, ...base, ...(from && { from }) };
  if (ground === "run") return { ground, ...base, from };
  const [of = "", fact = ""] = said("fact").split(" ");
  const known = matter.facts.find((candidate) => candidate.of === of && candidate.fact === fact);
  const value = valueLike(said("value"), known?.value ?? null);
  return { ground, ...base, from, corrections: [{ of, fact, value }] };
}
