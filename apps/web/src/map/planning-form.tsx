import { useState } from "react";
import { useText, useWords } from "../ui/words.ts";
import { type Aimed, AimFields } from "./aim-fields.tsx";
import { AreaField } from "./area-field.tsx";
import { Choose, MaybeWhole, Tick, Whole } from "./field.tsx";
import { judgedFor } from "./judged-for.ts";
import type { PlacesPage, PlanningBody, StreetsPage, View } from "./map-api.ts";
import { TogetherField } from "./together-field.tsx";

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
    | "carryOver"
    | "mayClose"
    | "noneLoses"
    | "newFloorM2"
    | "floorM2"
    | "m2PerThousand"
    | "leastPeople"
    | "mostPeople"
    | "newSites"
  >;
  readonly branch: PlanningBody["branch"];
  readonly together: PlanningBody["together"];
  readonly aim: Aimed;
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
        <AimFields aimed={draft.aim} onChange={(aim) => change({ aim })} />
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
      <BranchField {...{ places, view, draft, change }} />
      <TogetherField
        kinds={draft.kinds.map((code) => ({ code, label: kindsOf(places, view).get(code) }))}
        rule={togetherOf(draft)}
        onChange={(together) => change({ together })}
      />
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
  return (
    <fieldset>
      <legend>{words("planning.kinds", { most: mostKinds })}</legend>
      {[...kindsOf(places, view)].map(([code, label]) => {
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

/** Kinds that the standard asks for, those of the level looked at first. */
function kindsOf(places: PlacesPage, view: View) {
  const requirements = places.standards.find(({ id }) => id === view.standard)?.requirements ?? [];
  return new Map([...judgedFor(places, view), ...requirements].map((one) => [one.kind, one.label]));
}

interface RulesProps {
  readonly draft: Draft;
  readonly change: (some: Partial<Draft>) => void;
}

/** Which of the chosen kinds is the branch of which other. */
function BranchField({ places, view, draft, change }: RulesProps & Pick<Props, "places" | "view">) {
  const words = useWords();
  const text = useText();
  const { kinds } = draft;
  const known = kindsOf(places, view);
  const branch = branchOf(draft);
  if (kinds.length < 2) return <p className="hint">{words("planning.branchHint")}</p>;
  const choices = (codes: readonly string[]) =>
    codes.map((code) => ({ value: code, label: text(known.get(code)) || code }));
  const choose = (kind: string) => {
    const others = kinds.filter((one) => one !== kind);
    const main = others.find((one) => one === branch?.main) ?? others[0] ?? "";
    change({ branch: kind === "" ? null : { kind, main, withinMetres: branch?.withinMetres ?? 1000 } });
  };
  return (
    <fieldset className="filters">
      <legend>{words("planning.branchRule")}</legend>
      <Choose
        label={words("planning.branch")}
        value={branch?.kind ?? ""}
        choices={[{ value: "", label: words("planning.noBranch") }, ...choices(kinds)]}
        onChange={choose}
      />
      {branch && (
        <>
          <Choose
            label={words("planning.main")}
            value={branch.main}
            choices={choices(kinds.filter((one) => one !== branch.kind))}
            onChange={(main) => change({ branch: { ...branch, main } })}
          />
          <Whole
            label={words("planning.mainWithin")}
            value={branch.withinMetres}
            min={0}
            max={20_000}
            onChange={(withinMetres) => change({ branch: { ...branch, withinMetres } })}
          />
        </>
      )}
    </fieldset>
  );
}

/** The rule of main and branch, as long as both are chosen. */
function branchOf({ branch, kinds }: Draft): Draft["branch"] {
  return branch && kinds.includes(branch.kind) && kinds.includes(branch.main) ? branch : null;
}

/** The rule of what stands together, held to the kinds that are chosen. */
function togetherOf({ together, kinds }: Draft): Draft["together"] {
  if (!together || kinds.length < 2) return null;
  const core = together.core.filter((kind) => kinds.includes(kind));
  return {
    ...together,
    core,
    atLeast: Math.min(together.atLeast, kinds.length),
    coreAtLeast: Math.min(together.coreAtLeast, core.length),
  };
}

function RuleFields({ draft, change }: RulesProps) {
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
        {(["leastPeople", "mostPeople"] as const).map((name) => (
          <MaybeWhole
            key={name}
            label={words(`planning.${name}`)}
            value={rules[name]}
            max={1_000_000}
            onChange={(people) => rule({ [name]: people })}
          />
        ))}
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
      leastPeople: null,
      mostPeople: null,
      newSites: 12,
    },
    branch: null,
    together: null,
    aim: { aim: "people", front: false },
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
    branch: branchOf(draft),
    together: togetherOf(draft),
    costs: {
      buildFenPerM2: 100 * yuanPerM2.build,
      convertFenPerM2: 100 * yuanPerM2.convert,
      extendFenPerM2: 100 * yuanPerM2.extend,
      yearlyFenPerM2: 100 * yuanPerM2.yearly,
    },
    ...aim,
    seconds,
  };
}
