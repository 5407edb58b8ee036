import { useState } from "react";
import { useText, useWords } from "../ui/words.ts";
import { AreaField } from "./area-field.tsx";
import { Choose, MaybeWhole, Tick, Whole } from "./field.tsx";
import { judgedFor } from "./judged-for.ts";
import type { PlacesPage, PlanningBody, StreetsPage, View } from "./map-api.ts";

interface Props {
  readonly places: PlacesPage;
  readonly streets: StreetsPage;
  readonly view: View;
  readonly isBusy: boolean;
  readonly onStart: (request: PlanningBody) => void;
}

/** What a planner fills in; money as people say it, in 10,000 yuan and yuan a square metre. */
interface Draft {
  readonly kinds: readonly string[];
  readonly area: string;
  readonly firstYear: number;
  readonly years: number;
  readonly budget: number | null;
  readonly yuanPerM2: Readonly<Record<Price, number>>;
  readonly rules: Pick<
    PlanningBody,
    "carryOver" | "mayClose" | "noneLoses" | "newFloorM2" | "floorM2" | "m2PerThousand" | "newSites"
  >;
  readonly aim: PlanningBody["aim"];
  readonly seconds: number;
}

const prices = ["build", "convert", "extend", "yearly"] as const;
type Price = (typeof prices)[number];
const mostKinds = 4;
const fenInTenThousandYuan = 1_000_000;

export function PlanningForm({ places, streets, view, isBusy, onStart }: Props) {
  const words = useWords();
  const [draft, setDraft] = useState(() => firstDraft(places, streets, view));
  const change = (some: Partial<Draft>) => setDraft((before) => ({ ...before, ...some }));
  const aims = ["people", "worst-street"] as const;
  return (
    <form
      className="planning"
      onSubmit={(event) => {
        event.preventDefault();
        onStart(requestOf(draft, view.standard));
      }}
    >
      <KindsField {...{ places, view }} kinds={draft.kinds} onChange={(kinds) => change({ kinds })} />
      <div className="filters">
        <AreaField {...{ places, streets }} value={draft.area} onChange={(area) => change({ area })} />
        <Choose
          label={words("planning.aim")}
          value={draft.aim}
          choices={aims.map((one) => ({ value: one, label: words(`planning.aim-${one}`) }))}
          onChange={(aim) => change({ aim: aim as PlanningBody["aim"] })}
        />
        <Whole
          label={words("planning.firstYear")}
          value={draft.firstYear}
          min={2000}
          max={2095}
          onChange={(firstYear) => change({ firstYear })}
        />
        <Whole
          label={words("planning.years")}
          value={draft.years}
          min={1}
          max={5}
          onChange={(years) => change({ years })}
        />
        <MaybeWhole
          label={words("planning.budget")}
          value={draft.budget}
          max={10_000_000}
          onChange={(budget) => change({ budget })}
        />
        <Whole
          label={words("map.seconds")}
          value={draft.seconds}
          min={1}
          max={120}
          onChange={(seconds) => change({ seconds })}
        />
      </div>
      <RuleFields {...{ draft, change }} />
      <button type="submit" className="button small" disabled={isBusy || draft.kinds.length === 0}>
        {words("planning.run")}
      </button>
    </form>
  );
}

interface KindsProps extends Pick<Props, "places" | "view"> {
  readonly kinds: readonly string[];
  readonly onChange: (kinds: readonly string[]) => void;
}

function KindsField({ places, view, kinds, onChange }: KindsProps) {
  const words = useWords();
  const text = useText();
  const requirements = places.standards.find(({ id }) => id === view.standard)?.requirements ?? [];
  const known = [...new Map([...judgedFor(places, view), ...requirements].map((one) => [one.kind, one.label]))];
  return (
    <fieldset>
      <legend>{words("planning.kinds", { most: mostKinds })}</legend>
      {known.map(([code, label]) => {
        const isChosen = kinds.includes(code);
        return (
          <label key={code} className="tick">
            <input
              type="checkbox"
              checked={isChosen}
              disabled={!isChosen && kinds.length >= mostKinds}
              onChange={() => onChange(isChosen ? kinds.filter((one) => one !== code) : [...kinds, code])}
            />
            {text(label)}
          </label>
        );
      })}
    </fieldset>
  );
}

function RuleFields({ draft, change }: { readonly draft: Draft; readonly change: (some: Partial<Draft>) => void }) {
  const words = useWords();
  const { rules, yuanPerM2 } = draft;
  const rule = (some: Partial<Draft["rules"]>) => change({ rules: { ...rules, ...some } });
  return (
    <details>
      <summary>{words("planning.rules")}</summary>
      <div className="filters">
        {prices.map((price) => (
          <Whole
            key={price}
            label={words(`planning.price-${price}`)}
            value={yuanPerM2[price]}
            min={0}
            max={100_000}
            onChange={(yuan) => change({ yuanPerM2: { ...yuanPerM2, [price]: yuan } })}
          />
        ))}
        <Whole
          label={words("planning.floorM2")}
          value={rules.floorM2}
          min={10}
          max={20_000}
          onChange={(floorM2) => rule({ floorM2 })}
        />
        <MaybeWhole
          label={words("planning.m2PerThousand")}
          value={rules.m2PerThousand}
          max={100_000}
          onChange={(m2PerThousand) => rule({ m2PerThousand })}
        />
        <MaybeWhole
          label={words("planning.newFloorM2")}
          value={rules.newFloorM2}
          max={10_000_000}
          onChange={(newFloorM2) => rule({ newFloorM2 })}
        />
        <Whole
          label={words("planning.newSites")}
          value={rules.newSites}
          min={0}
          max={60}
          onChange={(newSites) => rule({ newSites })}
        />
        {(["carryOver", "noneLoses", "mayClose"] as const).map((name) => (
          <Tick key={name} checked={rules[name]} onChange={(is) => rule({ [name]: is })}>
            {words(`planning.${name}`)}
          </Tick>
        ))}
      </div>
    </details>
  );
}

/** The year after the map's, the first street office, and the first kind that the view judges. */
function firstDraft(places: PlacesPage, { streets }: StreetsPage, view: View): Draft {
  const [first] = judgedFor(places, view);
  return {
    kinds: first ? [first.kind] : [],
    area: streets[0]?.code ?? "",
    firstYear: Number(places.date.slice(0, 4)) + 1,
    years: 3,
    budget: 2000,
    yuanPerM2: { build: 6000, convert: 2000, extend: 4000, yearly: 300 },
    rules: {
      carryOver: true,
      noneLoses: true,
      mayClose: false,
      newFloorM2: null,
      floorM2: 500,
      m2PerThousand: null,
      newSites: 12,
    },
    aim: "people",
    seconds: 20,
  };
}

function requestOf(draft: Draft, standard: string): PlanningBody {
  const { kinds, area, firstYear, years, budget, yuanPerM2, rules, aim, seconds } = draft;
  const budgetFen = budget === null ? null : budget * fenInTenThousandYuan;
  return {
    standard,
    kinds: [...kinds],
    area,
    years: Array.from({ length: years }, (_, n) => ({ year: firstYear + n, budgetFen })),
    ...rules,
    costs: {
      buildFenPerM2: 100 * yuanPerM2.build,
      convertFenPerM2: 100 * yuanPerM2.convert,
      extendFenPerM2: 100 * yuanPerM2.extend,
      yearlyFenPerM2: 100 * yuanPerM2.yearly,
    },
    aim,
    seconds,
  };
}
