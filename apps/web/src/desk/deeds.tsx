import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { newKey } from "../app/ask.ts";
import { keepAnswer } from "../app/keep-answer.ts";
import { useOnce } from "../app/use-once.ts";
import { type CaseDeed, type CasePage, caseApi } from "../my/api.ts";
import type { ActorView } from "../sign-in/api.ts";
import { useText, useWords } from "../ui/words.ts";
import { DeedFields, deedFrom, formDeeds, plainDeeds } from "./deed-fields.tsx";

/** So long a deed can be taken back before it is sent. */
const heldFor = 5_000;

interface Props {
  readonly matter: CasePage;
  readonly actor: ActorView;
}

interface Held {
  readonly deed: CaseDeed;
  readonly seq: number;
  readonly key: string;
}

/** What may be done now. A deed is held a few seconds, in which it can be taken back; nobody is asked whether they are sure. */
export function Deeds({ matter, actor }: Props) {
  const words = useWords();
  const client = useQueryClient();
  const [open, setOpen] = useState<string>();
  const [held, setHeld] = useState<Held>();
  const [said, setSaid] = useState<{ readonly ok: boolean; readonly text: string }>();
  const timer = useRef<number>(undefined);

  const { isBusy, once } = useOnce();

  const send = async ({ deed, seq, key }: Held) => {
    window.clearTimeout(timer.current);
    setHeld(undefined);
    try {
      await keepAnswer(client, ["case", matter.id], caseApi.act(matter.id, seq, deed, "window", key));
      setSaid({ ok: true, text: words("desk.doneDeed", { deed: words(`deed.${deed.kind}`) }) });
    } catch (error) {
      setSaid({ ok: false, text: error instanceof Error ? error.message : String(error) });
      await client.invalidateQueries({ queryKey: ["case", matter.id] });
    }
    void client.invalidateQueries({ queryKey: ["desk"] });
  };
  // Whoever leaves the page has not taken the deed back: it is sent.
  const leaving = useRef<Held>(undefined);
  leaving.current = held;
  useEffect(
    () => () => {
      window.clearTimeout(timer.current);
      const last = leaving.current;
      if (last) void caseApi.act(matter.id, last.seq, last.deed, "window", last.key);
    },
    [matter.id],
  );
  const hold = (deed: CaseDeed) => {
    const next = { deed, seq: matter.seq, key: newKey() };
    setOpen(undefined);
    setSaid(undefined);
    setHeld(next);
    timer.current = window.setTimeout(() => void once(() => send(next)), heldFor);
  };
  const undo = () => {
    window.clearTimeout(timer.current);
    setHeld(undefined);
    setSaid({ ok: true, text: words("desk.undone") });
  };

  const may = matter.mayDo.filter((kind) => kind in plainDeeds || kind in formDeeds);
  return (
    <section className="deeds no-print" aria-labelledby="deeds-title">
      <h2 id="deeds-title">{words("desk.mayDo")}</h2>
      {said && (
        <div className={said.ok ? "done" : "error-summary"} role="alert">
          <p>{said.text}</p>
        </div>
      )}
      {held ? (
        <div className="held" role="status">
          <span>{words("desk.held", { deed: words(`deed.${held.deed.kind}`) })}</span>
          <button type="button" className="button small" onClick={undo}>
            {words("desk.undo")}
          </button>
          <button type="button" className="button quiet small" onClick={() => void once(() => send(held))}>
            {words("desk.sendNow")}
          </button>
        </div>
      ) : isBusy ? (
        // What may be done next follows from the answer.
        <p role="status">{words("my.sending")}</p>
      ) : (
        <>
          {may.length === 0 && <p className="hint">{words("desk.nothing")}</p>}
          <div className="deed-buttons">
            {may.map((kind) => (
              <button
                key={kind}
                type="button"
                className={`button small ${kind === "decide" || kind === "accept" ? "" : "quiet"}`}
                aria-expanded={kind in formDeeds ? open === kind : undefined}
                data-deed={kind}
                onClick={() => {
                  const plain = plainDeeds[kind];
                  if (plain) hold(plain(actor));
                  else setOpen(open === kind ? undefined : kind);
                }}
              >
                {words(`deed.${kind}`)}
              </button>
            ))}
          </div>
          {open && <DeedForm key={open} kind={open} matter={matter} onDeed={hold} />}
        </>
      )}
    </section>
  );
}

interface FormProps {
  readonly kind: string;
  readonly matter: CasePage;
  readonly onDeed: (deed: CaseDeed) => void;
}

function DeedForm({ kind, matter, onDeed }: FormProps) {
  const words = useWords();
  const text = useText();
  const id = useId();
  const first = useRef<HTMLFormElement>(null);
  useEffect(() => first.current?.querySelector<HTMLElement>("input, select, textarea")?.focus(), []);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onDeed(deedFrom(kind, new FormData(event.currentTarget), matter));
  };
  return (
    <form ref={first} onSubmit={submit} className="deed-form" aria-label={words(`deed.${kind}`)}>
      <DeedFields id={id} kind={kind} matter={matter} words={words} text={text} />
      <button type="submit" className="button">
        {words(`deed.${kind}`)}
      </button>
    </form>
  );
}
