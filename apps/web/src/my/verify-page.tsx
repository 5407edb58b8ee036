import { type ProofFile, proofReasons, verifyProofFile } from "@qingdan/proof";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { ask } from "../app/ask.ts";
import { useTitle } from "../app/use-title.ts";
import { formatInstant } from "../ui/format-instant.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";
import { useResidentSize } from "./my-frame.tsx";
import "../resident/resident.css";
import "../sign-in/sign-in.css";
import "../desk/case.css";

type Verdict = Awaited<ReturnType<typeof verifyProofFile>>;

interface Judged {
  readonly verdict: Verdict;
  readonly text: string;
  readonly milliseconds: number;
  /** Whether the log's key was compared with the one that this browser saw before. */
  readonly isKeyKnown: boolean;
}

const keptKey = "qingdan.log-key";

/** The key of the log as this browser first saw it: a log that later shows another key is found out. */
const trustedKey = (key: string): { readonly key: string; readonly isKnown: boolean } => {
  try {
    const known = localStorage.getItem(keptKey);
    if (known !== null) return { key: known, isKnown: true };
    localStorage.setItem(keptKey, key);
  } catch {
    // A browser that keeps nothing: the key that the site shows now is the one to go by.
  }
  return { key, isKnown: false };
};

/** Proves on this device that a line is in the public log: the server is not asked whether it is. */
export function VerifyPage() {
  const words = useWords();
  useTitle(words("my.nav.verify"));
  useResidentSize();
  const [query] = useSearchParams();
  const line = query.get("line");
  const [judged, setJudged] = useState<Judged>();
  const key = useQuery({ queryKey: ["log", "key"], queryFn: () => ask<{ key: string }>("/api/log/key") });
  const file = useQuery({
    queryKey: ["log", "proof", line],
    queryFn: () => ask<ProofFile>(`/api/log/lines/${encodeURIComponent(line ?? "")}/proof`),
    enabled: line !== null,
    staleTime: 0,
  });

  const judge = async (text: string) => {
    const trusted = trustedKey(key.data?.key ?? "");
    const before = performance.now();
    const verdict = await verifyProofFile(text, trusted.key);
    setJudged({ verdict, text, milliseconds: performance.now() - before, isKeyKnown: trusted.isKnown });
  };
  const held = file.data && JSON.stringify(file.data, null, 1);

  return (
    <div className="column">
      <h1>{words("my.verify")}</h1>
      <p>{words("my.verifyText")}</p>
      {file.isError && <p role="alert">{file.error.message}</p>}
      {held && key.data && (
        <p className="actions">
          <button type="button" className="button" onClick={() => void judge(held)}>
            {words("my.verifyLine", { line: line ?? "" })}
          </button>
          <a
            className="button quiet"
            download={`qingdan-proof-${line}.json`}
            href={`data:application/json;charset=utf-8,${encodeURIComponent(held)}`}
          >
            {words("my.keepProof")}
          </a>
        </p>
      )}
      {key.data && (
        <p>
          <label htmlFor="proof-file">{words("my.chooseProof")}</label>{" "}
          <input
            id="proof-file"
            type="file"
            accept="application/json,.json"
            onChange={(event) => void event.currentTarget.files?.[0]?.text().then(judge)}
          />
        </p>
      )}
      {judged && <VerdictView judged={judged} />}
      <details>
        <summary>{words("my.howProof")}</summary>
        <p>{words("my.howProofText")}</p>
        <p className="small">
          <code>{key.data?.key}</code>
        </p>
      </details>
    </div>
  );
}

function VerdictView({ judged }: { readonly judged: Judged }) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const { ok, reason, size, index } = judged.verdict;
  const line = ok ? (JSON.parse(judged.text) as ProofFile).line : undefined;
  return (
    <section className={ok ? "done" : "error-summary"} role="status">
      <h2>{words(ok ? "my.holds" : "my.fails")}</h2>
      <p>{text(proofReasons[reason])}</p>
      {line && (
        <dl className="facts">
          <dt>{words("my.what")}</dt>
          <dd>{line.kind}</dd>
          <dt>{words("my.about")}</dt>
          <dd>{line.subject}</dd>
          <dt>{words("my.when")}</dt>
          <dd>{formatInstant(line.at, language)}</dd>
          <dt>{words("my.place")}</dt>
          <dd>{words("my.placeText", { index: index ?? 0, size: size ?? 0 })}</dd>
          <dt>{words("my.key")}</dt>
          <dd>{words(judged.isKeyKnown ? "my.keyKnown" : "my.keyFirst")}</dd>
          <dt>{words("my.took")}</dt>
          <dd>{words("my.tookText", { milliseconds: judged.milliseconds.toFixed(1) })}</dd>
        </dl>
      )}
    </section>
  );
}
