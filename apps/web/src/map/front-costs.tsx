import { useWords } from "../ui/words.ts";
import { MaybeWhole, Tick, Whole } from "./field.tsx";
import type { SitingBody } from "./map-api.ts";

type Costs = NonNullable<SitingBody["costs"]>;

const fenInTenThousandYuan = 1_000_000;
const usual: Costs = {
  budgetFen: 1000 * fenInTenThousandYuan,
  floorM2: 500,
  buildFenPerM2: 600_000,
  convertFenPerM2: 200_000,
};

interface Props {
  readonly costs: Costs | undefined;
  readonly onChange: (costs: Costs | undefined) => void;
}

/** Whether the front counts money in place of places, and what places cost. */
export function FrontCosts({ costs, onChange }: Props) {
  const words = useWords();
  const set = (some: Partial<Costs>) => onChange({ ...usual, ...costs, ...some });
  return (
    <>
      <Tick checked={costs !== undefined} onChange={(is) => onChange(is ? usual : undefined)}>
        {words("front.byMoney")}
      </Tick>
      {costs && (
        <>
          <MaybeWhole
            label={words("front.budget")}
            value={costs.budgetFen / fenInTenThousandYuan}
            max={100_000}
            onChange={(budget) => set({ budgetFen: (budget ?? 1) * fenInTenThousandYuan })}
          />
          {(["build", "convert"] as const).map((deed) => (
            <Whole
              key={deed}
              label={words(`planning.price-${deed}`)}
              value={costs[`${deed}FenPerM2`] / 100}
              min={1}
              max={100_000}
              onChange={(yuan) => set({ [`${deed}FenPerM2`]: 100 * yuan })}
            />
          ))}
          <Whole
            label={words("planning.floorM2")}
            value={costs.floorM2}
            min={10}
            max={20_000}
            onChange={(floorM2) => set({ floorM2 })}
          />
        </>
      )}
    </>
  );
}
