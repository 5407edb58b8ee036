import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import type { GuideView } from "../../../server/src/modules/cases/guide-view-model.ts";
import { Loaded } from "../app/loaded.tsx";
import { useTitle } from "../app/use-title.ts";
import { mapApi } from "../map/map-api.ts";
import { NearestList } from "../places/nearest-list.tsx";
import { ReadAloud } from "../resident/read-aloud.tsx";
import { useMe } from "../sign-in/api.ts";
import { formatDate, formatMoney } from "../ui/format.ts";
import { Outcome } from "../ui/outcome.tsx";
import { usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";
import { formApi, guideApi } from "./api.ts";
import { useResidentSize } from "./my-frame.tsx";
import "../resident/resident.css";
import "../sign-in/sign-in.css";
import "../desk/case.css";
import "../places/places.css";

/** How an item is handled, made from its rule and its guide; for a resident who is signed in, what it comes to for them. */
export function GuidePage() {
  const { list = "", item = "" } = useParams();
  useResidentSize();
  // Who is signed in changes what it says.
  const { data: me } = useMe();
  const query = useQuery({
    queryKey: ["guide", list, item, me?.actor?.id],
    queryFn: () => guideApi.one(list, item),
    enabled: me !== undefined,
    staleTime: 0,
  });
  return (
    <div className="column">
      <Loaded query={query}>{(guide) => <Guide guide={guide} mayApply={me?.actor?.kind !== "staff"} />}</Loaded>
    </div>
  );
}

interface Props {
  readonly guide: GuideView;
}

function Guide({ guide, mayApply }: Props & { readonly mayApply: boolean }) {
  const words = useWords();
  const text = useText();
  const name = text(guide.item.name);
  useTitle(words("guide.title", { item: name }));
  const at = `/guide/${encodeURIComponent(guide.list)}/${encodeURIComponent(guide.item.code)}`;
  return (
    <>
      <h1>{words("guide.title", { item: name })}</h1>
      <p className="actions no-print">
        {mayApply && <Apply guide={guide} />}
        {guide.executable && <a href={`${at}/blank`}>{words("guide.blank")}</a>}
        <a href={`/list/${encodeURIComponent(guide.list)}/${encodeURIComponent(guide.item.code)}`}>
          {words("guide.onList")}
        </a>
        <ReadAloud spoken={`${name}。${text(guide.owner)}`} />
      </p>
      <Own guide={guide} />
      <section aria-labelledby="guide-who">
        <h2 id="guide-who">{words("guide.who")}</h2>
        <p>
          {text(guide.owner)}
          {guide.telephone && ` · ${words("guide.telephone", { number: guide.telephone })}`}
        </p>
        {guide.note && <p className="hint">{text(guide.note)}</p>}
      </section>
      <When guide={guide} />
      <HowLong guide={guide} />
      <Papers guide={guide} />
      <Appeals guide={guide} />
      <Nearest area={guide.own?.area ?? null} />
    </>
  );
}

function Apply({ guide }: Props) {
  const words = useWords();
  const text = useText();
  const navigate = useNavigate();
  const { data: me } = useMe();
  const [fault, setFault] = useState<string>();
  if (!me?.actor) return <a href={`/sign-in?goal=${encodeURIComponent(location.pathname)}`}>{words("guide.signIn")}</a>;
  const apply = async () => {
    try {
      const form = await formApi.begin({ list: guide.list, items: [guide.item.code] });
      navigate(`/my/apply/${form.id}`);
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      <button type="button" className="button" onClick={() => void apply()}>
        {words("my.apply", { item: text(guide.item.name) })}
      </button>
      {fault && (
        <span className="field-error" role="alert">
          {fault}
        </span>
      )}
    </>
  );
}

/** What it comes to for the reader. */
function Own({ guide: { own } }: Props) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  if (!own) return null;
  return (
    <section className="answer" aria-labelledby="guide-own">
      <h2 id="guide-own">{words("guide.own")}</h2>
      <p>{own.outcome === "by-hand" ? words("my.byHand") : <Outcome outcome={own.outcome} />}</p>
      {own.fen !== null && own.fen > 0 && <p className="due">{formatMoney(own.fen, own.per ?? undefined, language)}</p>}
      {own.reasons.map((reason) => (
        <p key={reason.code}>{text(reason)}</p>
      ))}
      <p className="hint small">{words("guide.ownBasis", { day: formatDate(own.registerDate, language) })}</p>
    </section>
  );
}

/** A limit in words: whose it is, how long, by what text. */
function useLimit() {
  const words = useWords();
  const text = useText();
  return ({ kind, amount, unit, basis, by }: GuideView["total"][number]) =>
    `${by ? `${text(by)} · ` : ""}${words(`case.limit.${kind}`)} ${words(`case.unit.${unit}`, { count: amount })} (${basis.title}${
      basis.article ? ` ${words("explain.article", { article: basis.article })}` : ""
    })`;
}

/** Windows and named days: the reader's own first, those of places within the list after them by name. */
function When({ guide }: Props) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const date = (day: string) => formatDate(day, language);
  const places = guide.local.filter(({ windows, namedDays }) => windows.length + namedDays.length > 0);
  if (places.length === 0) return null;
  const stands = (opening: (typeof places)[number]["windows"][number]["opening"]) => {
    if (!opening) return words("guide.unarranged");
    const span = { first: date(opening.first), last: date(opening.last), count: opening.days };
    return words(opening.open ? "guide.openNow" : "guide.opensOn", span);
  };
  return (
    <section aria-labelledby="guide-when">
      <h2 id="guide-when">{words("guide.when")}</h2>
      <ul>
        {places
          .toSorted((a, b) => Number(b.here) - Number(a.here))
          .flatMap(({ area, windows, namedDays }) => [
            ...windows.map(({ code, name, basis, opening }) => (
              <li key={`${area.code} ${code}`}>
                {text(area)} · {text(name)} · <strong>{stands(opening)}</strong>
                {opening?.unrolled && ` ${words("guide.moved", { day: date(opening.unrolled) })}`}
                {opening?.mayMove && ` ${words("guide.mayMove")}`} <span className="hint small">{basis.title}</span>
              </li>
            )),
            ...namedDays.map(({ code, name, basis, next }) => (
              <li key={`${area.code} ${code}`}>
                {text(area)} · {text(name)} ·{" "}
                <strong>{next ? words("guide.nextDay", { day: date(next) }) : words("guide.unarranged")}</strong>{" "}
                <span className="hint small">{basis.title}</span>
              </li>
            )),
          ])}
      </ul>
    </section>
  );
}

/** Steps with who owes them, and their limits with the law. */
function HowLong({ guide }: Props) {
  const words = useWords();
  const text = useText();
  const limit = useLimit();
  const elsewhere = guide.local.flatMap(({ area, here, promised }) => (promised && !here ? [{ area, promised }] : []));
  return (
    <section aria-labelledby="guide-long">
      <h2 id="guide-long">{words("guide.howLong")}</h2>
      {guide.total.map((whole) => (
        <p key={whole.kind}>{limit(whole)}</p>
      ))}
      {guide.reference && <p className="hint">{words("guide.reference")}</p>}
      {elsewhere.length > 0 && (
        <>
          <p>{words("guide.promisedIn")}</p>
          <ul>
            {elsewhere.map(({ area, promised }) => (
              <li key={area.code}>
                {text(area)} · {limit({ ...promised, by: null })}
              </li>
            ))}
          </ul>
        </>
      )}
      {guide.steps.length > 0 && (
        <ol className="steps">
          {guide.steps.map((step) => (
            <li key={step.code}>
              <strong>{text(step.name)}</strong> <span className="hint">{text(step.owner)}</span>
              {step.limits.map((one) => (
                <p key={one.kind} className="small">
                  {limit(one)}
                </p>
              ))}
            </li>
          ))}
        </ol>
      )}
      {guide.secondPerson && <p className="hint">{text(guide.secondPerson)}</p>}
    </section>
  );
}

/** What the rule reads, by whose register holds it: nothing is asked for that a register holds of the reader. */
function Papers({ guide }: Props) {
  const words = useWords();
  const text = useText();
  const held = new Set(guide.own?.held ?? []);
  const units = [...new Map(guide.facts.map(({ source }) => [source?.code ?? "", source])).entries()];
  return (
    <section aria-labelledby="guide-papers">
      <h2 id="guide-papers">{words("guide.papers")}</h2>
      {guide.facts.length === 0 && <p>{words("guide.byHand")}</p>}
      {guide.facts.length > 0 && <p>{words("guide.papersText", { count: guide.questions })}</p>}
      {units.map(([code, unit]) => {
        const facts = guide.facts.filter(({ source }) => (source?.code ?? "") === code);
        const open = facts.filter(({ name }) => !held.has(name));
        const labels = (some: typeof facts) => some.map(({ label }) => text(label)).join(words("guide.and"));
        return (
          <article key={code} className="answer">
            <h3>{unit ? text(unit) : words("guide.yourself")}</h3>
            {guide.own && unit && facts.length > open.length && (
              <p>{words("guide.held", { facts: labels(facts.filter(({ name }) => held.has(name))) })}</p>
            )}
            {open.length > 0 && (
              <p>
                {words(unit ? (guide.own ? "guide.notHeld" : "guide.wouldHold") : "guide.toSay", {
                  facts: labels(open),
                })}
              </p>
            )}
          </article>
        );
      })}
    </section>
  );
}

function Appeals({ guide }: Props) {
  const words = useWords();
  const text = useText();
  return (
    <section aria-labelledby="guide-appeals">
      <h2 id="guide-appeals">{words("guide.appeals")}</h2>
      <ul>
        {guide.appeals.map(({ route, name, within, settle }) => (
          <li key={route}>
            {text(name)}
            {within &&
              ` · ${words("guide.within", { time: words(`case.unit.${within.unit}`, { count: within.amount }) })}`}
            {` · ${words("guide.settled", { time: words(`case.unit.${settle.unit}`, { count: settle.amount }) })}`}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Any service centre takes it in; the nearest ones from where the reader lives, if the map knows that town. */
function Nearest({ area }: { readonly area: string | null }) {
  const words = useWords();
  const streets = useQuery({ queryKey: ["streets"], queryFn: mapApi.streets, retry: false, enabled: area !== null });
  const from = streets.data?.streets.find(({ code }) => code === area)?.landmarks[0]?.code;
  const nearest = useQuery({
    queryKey: ["guide", "nearest", from],
    queryFn: () => mapApi.nearest({ kind: "street-service-centre", from, walker: "adult", openNow: false, size: 2 }),
    enabled: from !== undefined,
    staleTime: 0,
  });
  return (
    <section aria-labelledby="guide-where">
      <h2 id="guide-where">{words("guide.where")}</h2>
      <p>{words("guide.anyCentre")}</p>
      {nearest.data && <NearestList answer={nearest.data} walker="adult" onLoosen={{}} />}
      <p>
        <a href={`/places?kind=street-service-centre&any=true${from ? `&street=${area}` : ""}`}>
          {words("guide.findPlace")}
        </a>
      </p>
    </section>
  );
}
