import { formatCount } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useWords } from "../ui/words.ts";
import { shareOf, totalsWith } from "./coverage-tables.tsx";
import type { CoveragePage, View, WhatIfPage } from "./map-api.ts";

interface Props {
  readonly coverage: CoveragePage;
  readonly plan: WhatIfPage | undefined;
  readonly view: View;
}

/** The index and the people covered at the level; they follow the plan. */
export function CoverageFigures({ coverage, plan, view }: Props) {
  const words = useWords();
  const { language } = usePreferences();
  const index = (plan?.index.after ?? coverage.index).value;
  const level = totalsWith(coverage, plan).find(
    (total) =>
      total.level === view.level && total.group === view.group && total.requirement === null && total.street === null,
  );
  return (
    <section aria-labelledby="figures-title">
      <h2 id="figures-title">{words("map.figures")}</h2>
      <dl className="figures">
        <div>
          <dt title={words("map.indexHint")}>{words("map.index")}</dt>
          <dd className="index-value">{index === null ? "—" : index.toFixed(2)}</dd>
        </div>
        {level && (
          <>
            <div>
              <dt>{words("map.covered")}</dt>
              <dd>
                {formatCount(level.people.covered, language)} ({shareOf(level.people)} %)
              </dd>
            </div>
            <div>
              <dt>{words("map.at-risk")}</dt>
              <dd>{formatCount(level.people["at-risk"], language)}</dd>
            </div>
            <div>
              <dt>{words("map.uncovered")}</dt>
              <dd>{formatCount(level.people.uncovered, language)}</dd>
            </div>
          </>
        )}
      </dl>
      <p className="hint small">{words("map.indexHint")}</p>
    </section>
  );
}
