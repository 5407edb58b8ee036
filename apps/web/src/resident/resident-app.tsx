import { nextQuestion, type Rulebook, screen, whatIf, withImplied } from "@qingdan/list/browser";
import { useCallback, useEffect, useMemo, useState } from "react";
import { formatDate } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useWords } from "../ui/words.ts";
import { draftOf } from "./answer.ts";
import { CheckPage } from "./check-page.tsx";
import { type Asked, aboutOf, questionOf } from "./question-of.ts";
import { QuestionPage } from "./question-page.tsx";
import { ResultPage } from "./result-page.tsx";
import type { Rules } from "./rulebook.ts";
import {
  emptySession,
  factsOf,
  type Given,
  keepSession,
  keptSession,
  keyOf,
  pagesOf,
  type Session,
  situationsOf,
  skippedOf,
  subject,
  withAnswer,
  withoutLast,
  withSituations,
} from "./session.ts";
import { SituationsPage } from "./situations-page.tsx";
import { MembersPage, StartPage } from "./start-page.tsx";
import { Supposed } from "./supposed.tsx";

/** Where the resident is; it stands in the address, so that the browser's own back and forward work. */
type Place = "start" | "members" | "ask" | "check" | "result" | "suppose";
const places: readonly Place[] = ["start", "members", "ask", "check", "result", "suppose"];

const placeOfAddress = (): Place => places.find((place) => `#${place}` === location.hash) ?? "start";

const usePlace = (): [Place, (place: Place) => void] => {
  const [place, setPlace] = useState(placeOfAddress);
  useEffect(() => {
    const follow = () => setPlace(placeOfAddress());
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  const go = useCallback((next: Place) => {
    if (`#${next}` !== location.hash) history.pushState(null, "", `#${next}`);
    setPlace(next);
    scrollTo(0, 0);
  }, []);
  return [place, go];
};

/** Asks only what can still change an answer, and answers on the device. */
export function ResidentApp({ rules, today }: { readonly rules: Rules; readonly today: string }) {
  const { rulebook, decide, tree } = rules;
  const words = useWords();
  const { language } = usePreferences();
  const [place, go] = usePlace();
  const [kept, setKept] = useState(keptSession);
  const [again, setAgain] = useState<Given>();
  const [supposing, setSupposing] = useState<Given>();
  const [supposed, setSupposed] = useState<Given>();
  const update = (next: Session | undefined) => {
    setSupposed(undefined);
    keepSession(next);
    setKept(next);
  };
  const session = kept ?? emptySession(1);
  const facts = useMemo(() => withImplied(rulebook, factsOf(session)).file, [rulebook, session]);
  const next = useMemo(
    () =>
      nextQuestion(rulebook, facts, {
        decide,
        skipped: skippedOf(session),
        ticked: new Set(session.ticked),
        ...(tree && { tree }),
      }),
    [rulebook, decide, tree, facts, session],
  );

  if (place === "members") {
    return (
      <MembersPage
        today={today}
        atMost={rulebook.facts.length}
        members={kept?.members}
        onBack={() => go("start")}
        onAnswer={(members) => {
          update(kept && members >= kept.members ? { ...kept, members } : emptySession(members));
          go("ask");
        }}
      />
    );
  }
  if (place === "start" || !kept) {
    const area = rulebook.areas.find(({ code }) => code === rulebook.area);
    const place = area?.[language === "en" ? "en" : "zh"] ?? rulebook.list;
    const basis = words("start.basis", { list: place, date: formatDate(rulebook.date, language) });
    return <StartPage basis={basis} onBegin={() => go("members")} onResume={kept ? () => go("ask") : undefined} />;
  }
  if (place === "check") {
    return (
      <CheckPage
        mode="check"
        rulebook={rulebook}
        session={session}
        onChange={(given) => {
          setAgain(given);
          go("ask");
        }}
        onSee={() => go("result")}
      />
    );
  }
  const supposedFact = supposing && askedAgain(rulebook, supposing);
  if (place === "suppose" && supposing && supposedFact) {
    const question = questionOf(rulebook, supposedFact, aboutOf(supposing.of, words));
    return (
      <QuestionPage
        key={`suppose ${question.id}`}
        question={question}
        draft={draftOf(supposing.value, question.asked)}
        today={today}
        progress={words("suppose.title")}
        onAnswer={(value) => {
          setSupposed({ ...supposing, value });
          setSupposing(undefined);
          go("result");
        }}
        onBack={() => setSupposing(undefined)}
      />
    );
  }
  if (place === "suppose") {
    const known = { ...session, given: session.given.filter(({ value }) => value !== undefined) };
    return (
      <CheckPage
        key="suppose"
        mode="suppose"
        rulebook={rulebook}
        session={known}
        onChange={setSupposing}
        onSee={() => go("result")}
      />
    );
  }
  const atMost = Math.max(0, (next?.remaining ?? 1) - 1);
  const number = pagesOf(session) + 2;
  const stepBack = () => {
    if (session.given.length > 0) update(withoutLast(session));
    else go("members");
  };
  const situations = again ? [] : situationsOf(session, next);
  if (place === "ask" && situations.length > 0) {
    return (
      <SituationsPage
        key={situations.map(({ of, fact }) => keyOf({ of, fact: fact.name })).join()}
        situations={situations}
        about={aboutOf(next?.entity === "household" ? subject : (next?.of ?? subject), words)}
        number={number}
        atMost={Math.max(0, atMost + 1 - situations.length)}
        onAnswer={(ticked) => update(withSituations(session, situations, ticked))}
        onOneByOne={() => update({ ...session, oneByOne: true })}
        onBack={stepBack}
      />
    );
  }
  const asked = again ? askedAgain(rulebook, again) : next ? { fact: next.ask, of: next.of } : undefined;
  if (place === "ask" && asked) {
    const { fact, of } = asked;
    const answer = (value?: Given["value"]) => {
      update(
        withAnswer(session, { of, fact: fact.name, entity: fact.entity, ...(value === undefined ? {} : { value }) }),
      );
      setAgain(undefined);
      if (again) go("check");
    };
    const question = questionOf(rulebook, asked, aboutOf(of, words));
    const earlier = session.given.find((given) => keyOf(given) === question.id)?.value;
    return (
      <QuestionPage
        key={question.id}
        question={question}
        draft={draftOf(earlier, question.asked)}
        today={today}
        progress={words("question.progress", { number, atMost })}
        onAnswer={answer}
        onUnknown={() => answer()}
        onBack={() => {
          if (!again) return stepBack();
          setAgain(undefined);
          go("check");
        }}
      />
    );
  }
  if (place === "ask") {
    return (
      <CheckPage mode="check" rulebook={rulebook} session={session} onChange={setAgain} onSee={() => go("result")} />
    );
  }
  const started = performance.now();
  const screening = screen(rulebook, facts, { decide });
  performance.measure("screen", { start: started });
  return (
    <ResultPage
      rulebook={rulebook}
      facts={facts}
      screening={screening}
      supposed={
        supposed?.value === undefined ? null : (
          <Supposed
            key={`${keyOf(supposed)} ${supposed.value}`}
            rulebook={rulebook}
            given={supposed}
            changes={whatIf(
              rulebook,
              factsOf(session),
              { of: supposed.of, fact: supposed.fact, value: supposed.value },
              { decide, prepare: (file) => withImplied(rulebook, file).file },
            )}
            onAnother={() => go("suppose")}
            onAdopt={() => update(withAnswer(session, supposed))}
            onDrop={() => setSupposed(undefined)}
          />
        )
      }
      onSuppose={() => go("suppose")}
      onEdit={() => go("check")}
      onAgain={() => {
        update(undefined);
        go("start");
      }}
      onAsk={({ missing }) => {
        const open = new Set(missing.map(keyOf));
        update({ ...session, given: session.given.filter((given) => !open.has(keyOf(given))) });
        go("ask");
      }}
    />
  );
}

const askedAgain = (rulebook: Rulebook, { of, fact: name }: Given): Asked | undefined => {
  const fact = rulebook.facts.find((candidate) => candidate.name === name);
  return fact && { fact, of };
};
