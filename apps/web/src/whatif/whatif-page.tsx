import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { Loaded } from "../app/loaded.tsx";
import { useOnce } from "../app/use-once.ts";
import { useTitle } from "../app/use-title.ts";
import { Signer, useIsVisitor } from "../studio/signer.tsx";
import { formatCount, formatDate } from "../ui/format.ts";
import { keyTexts } from "../ui/key-text.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";
import { type GroundPage, type SimulationPage, whatifApi } from "./api.ts";
import { Breakdown, ItemsTable, SummaryTable } from "./effects.tsx";
import {
  type Change,
  letterOf,
  reformsOf,
  type Scenarios,
  scenariosFromText,
  scenariosOf,
  scenariosToText,
} from "./scenarios.ts";
import { SliderRow } from "./slider-row.tsx";
import { useSimulation } from "./use-simulation.ts";
import "./whatif.css";

/** As many as the server tries side by side. */
const mostScenarios = 4;

const nameOf = (parameter: string, key: readonly string[]) => [parameter, ...key].join(".");

function Scenario({
  at,
  changes,
  page,
  onChange,
  onRemove,
}: {
  readonly at: number;
  readonly changes: readonly Change[];
  readonly page: GroundPage;
  readonly onChange: (changes: readonly Change[]) => void;
  readonly onRemove: (() => void) | undefined;
}) {
  const words = useWords();
  const text = useText();
  const letter = letterOf(at);
  const choices = page.parameters.flatMap((parameter) => parameter.values.map((value) => ({ parameter, ...value })));
  const chosen = new Set(changes.map(({ parameter, key }) => nameOf(parameter, key)));
  return (
    <section className="scenario" aria-labelledby={`scenario-${letter}`}>
      <h2 id={`scenario-${letter}`}>{words("whatif.scenarioName", { letter })}</h2>
      {changes.map((change, place) => {
        const found = choices.find(
          ({ parameter, key }) => nameOf(parameter.code, key) === nameOf(change.parameter, change.key),
        );
        if (!found) return null;
        return (
          <SliderRow
            key={nameOf(change.parameter, change.key)}
            parameter={found.parameter}
            current={found.value}
            value={change.value}
            labelKey={keyTexts(found.parameter.keys, change.key, text).join(" · ")}
            onChange={(value) => onChange(changes.with(place, { ...change, value }))}
            onPutBack={() => onChange(changes.filter((other) => other !== change))}
          />
        );
      })}
      <div className="filters">
        <label>
          {words("whatif.addParameter")}
          <select
            value=""
            onChange={(event) => {
              const added = choices.find(({ parameter, key }) => nameOf(parameter.code, key) === event.target.value);
              if (added)
                onChange([...changes, { parameter: added.parameter.code, key: added.key, value: added.value }]);
            }}
          >
            <option value="">{words("whatif.choose")}</option>
            {choices
              .filter(({ parameter, key }) => !chosen.has(nameOf(parameter.code, key)))
              .map(({ parameter, key }) => (
                <option key={nameOf(parameter.code, key)} value={nameOf(parameter.code, key)}>
                  {[text(parameter.name), ...keyTexts(parameter.keys, key, text)].join(" · ")}
                </option>
              ))}
          </select>
        </label>
        {onRemove && (
          <button type="button" className="button quiet small" onClick={onRemove}>
            {words("whatif.removeScenario", { letter })}
          </button>
        )}
      </div>
    </section>
  );
}

function Provenance({ simulation, page }: { simulation: SimulationPage; page?: GroundPage }) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const { ground, reforms, milliseconds } = simulation;
  return (
    <section aria-label={words("whatif.hashes")} className="provenance">
      <p>
        {words("whatif.ground", {
          city: text(ground.city),
          people: formatCount(ground.people, language),
          date: formatDate(ground.date, language),
          list: text(ground.list.name),
        })}
        {page?.memory.mebibytes != null &&
          ` · ${words("whatif.memory", {
            mebibytes: page.memory.mebibytes,
            most: formatCount(page.memory.mostPeople, language),
          })}`}
        {" · "}
        {words("whatif.took", { milliseconds })}
      </p>
      <p>
        {words("whatif.listHash")} <code title={ground.listHash}>{ground.listHash.slice(0, 12)}</code> ·{" "}
        {words("whatif.rulebookHash")} <code title={ground.rulebookHash}>{ground.rulebookHash.slice(0, 12)}</code> ·{" "}
        {words("whatif.snapshotHash")} <code title={ground.snapshotHash}>{ground.snapshotHash.slice(0, 12)}</code>
        {reforms.map(({ code, name, hash }) => (
          <span key={code}>
            {" "}
            · {words("whatif.overlayHash")} {text(name)} <code title={hash}>{hash.slice(0, 12)}</code>
          </span>
        ))}
      </p>
    </section>
  );
}

function Effects({ simulation, page }: { readonly simulation: SimulationPage; readonly page?: GroundPage }) {
  return (
    <>
      <SummaryTable effects={simulation.reforms} />
      <Breakdown effects={simulation.reforms} />
      {simulation.reforms.map((effect) => (
        <ItemsTable key={effect.code} effect={effect} />
      ))}
      <Provenance simulation={simulation} {...(page && { page })} />
    </>
  );
}

function Keep({ scenarios }: { readonly scenarios: Scenarios }) {
  const words = useWords();
  const client = useQueryClient();
  const isVisitor = useIsVisitor();
  const [title, setTitle] = useState("");
  const [hash, setHash] = useState<string>();
  const [failed, setFailed] = useState<string>();
  const { isBusy, once } = useOnce();
  const keep = async () => {
    try {
      const kept = await whatifApi.save({ title: title.trim(), author: "", reforms: reformsOf(scenarios) });
      setHash(kept.hash);
      setFailed(undefined);
      await client.invalidateQueries({ queryKey: ["whatif", "saved"] });
    } catch (error) {
      setFailed(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <form
      className="filters"
      onSubmit={(event) => {
        event.preventDefault();
        void once(keep);
      }}
    >
      <label>
        {words("whatif.saveTitle")}
        <input type="text" required value={title} onChange={(event) => setTitle(event.target.value)} />
      </label>
      <Signer />
      <button type="submit" className="button small" disabled={isVisitor} aria-disabled={isBusy}>
        {words("whatif.save")}
      </button>
      {hash && (
        <p role="status">
          {words("whatif.savedUnder")} <Link to={`/whatif?saved=${hash}`}>/whatif?saved={hash.slice(0, 12)}…</Link>
        </p>
      )}
      {failed && (
        <p role="alert" className="field-error">
          {failed}
        </p>
      )}
    </form>
  );
}

function SavedList() {
  const words = useWords();
  const { language } = usePreferences();
  const query = useQuery({ queryKey: ["whatif", "saved"], queryFn: () => whatifApi.allSaved(1), staleTime: 0 });
  return (
    <section aria-labelledby="whatif-saved">
      <h2 id="whatif-saved">{words("whatif.saved")}</h2>
      <Loaded query={query}>
        {({ saved }) =>
          saved.length === 0 ? (
            <p className="hint">{words("whatif.noSaved")}</p>
          ) : (
            <ul>
              {saved.map(({ hash, title, author, savedAt }) => (
                <li key={hash}>
                  <Link to={`/whatif?saved=${hash}`}>{title}</Link>{" "}
                  <span className="hint small">
                    {author} · {formatDate(savedAt.slice(0, 10), language)}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}

/** A comparison that was kept, as it was worked out then. */
function SavedView({ hash }: { readonly hash: string }) {
  const words = useWords();
  const query = useQuery({ queryKey: ["whatif", "saved", hash], queryFn: () => whatifApi.saved(hash) });
  return (
    <Loaded query={query}>
      {({ title, author, current, simulation, request }) => (
        <>
          <h1>{title}</h1>
          <p>
            {author} · {words(current ? "whatif.savedCurrent" : "whatif.savedOld")}
          </p>
          <p>
            <Link to={`/whatif?try=${encodeURIComponent(scenariosToText(scenariosOf(request.reforms)))}`}>
              {words("whatif.openLive")}
            </Link>
          </p>
          <Effects simulation={simulation} />
        </>
      )}
    </Loaded>
  );
}

function Live({ page }: { readonly page: GroundPage }) {
  const words = useWords();
  const [address, setAddress] = useSearchParams();
  const written = address.get("try") ?? "";
  const scenarios = useMemo(() => scenariosFromText(written), [written]);
  const { simulation, computing, failed } = useSimulation(scenarios);
  const change = (next: Scenarios) => {
    const text = scenariosToText(next);
    setAddress(text.replaceAll("|", "") === "" && next.length === 1 ? {} : { try: text }, { replace: true });
  };
  const changed = reformsOf(scenarios);
  return (
    <>
      {changed.length > 0 && (
        <div className="versus" role="status">
          <strong>
            {words("whatif.versus", {
              name: changed.map(({ code }) => words("whatif.scenarioName", { letter: code.toUpperCase() })).join("、"),
            })}
          </strong>
          {computing && <span> {words("whatif.computing")}</span>}
          <button type="button" className="button quiet small" onClick={() => change([[]])}>
            {words("whatif.leave")}
          </button>
        </div>
      )}
      <div className="scenarios">
        {scenarios.map((changes, at) => (
          <Scenario
            key={letterOf(at)}
            at={at}
            changes={changes}
            page={page}
            onChange={(next) => change(scenarios.with(at, next))}
            onRemove={scenarios.length > 1 ? () => change(scenarios.filter((_, other) => other !== at)) : undefined}
          />
        ))}
      </div>
      {scenarios.length < mostScenarios && (
        <button
          type="button"
          className="button quiet small"
          onClick={() => change([...scenarios, scenarios.at(-1) ?? []])}
        >
          {words("whatif.add")}
        </button>
      )}
      {failed && (
        <p role="alert" className="field-error">
          {words("whatif.failed")} {failed}
        </p>
      )}
      {simulation ? (
        <Effects simulation={simulation} page={page} />
      ) : (
        changed.length === 0 && <p className="hint">{words("whatif.nothing")}</p>
      )}
      {changed.length > 0 && <Keep scenarios={scenarios} />}
    </>
  );
}

/** Reforms side by side on the city, answered while the hand is on the slider. */
export function WhatifPage() {
  const words = useWords();
  const [address] = useSearchParams();
  const saved = address.get("saved");
  useTitle(words("whatif.title"));
  const query = useQuery({ queryKey: ["whatif", "ground"], queryFn: whatifApi.ground, enabled: saved === null });
  if (saved !== null) return <SavedView hash={saved} />;
  return (
    <>
      <h1>{words("whatif.title")}</h1>
      <p>{words("whatif.lead")}</p>
      <Loaded query={query}>{(page) => <Live page={page} />}</Loaded>
      <SavedList />
    </>
  );
}
