import { useText, useWords, type Words } from "../ui/words.ts";
import { Tick, Whole } from "./field.tsx";
import type { PlanningBody } from "./map-api.ts";

type Rule = NonNullable<PlanningBody["together"]>;

interface Props {
  readonly kinds: readonly { readonly code: string; readonly label: Words | undefined }[];
  readonly rule: Rule | null;
  readonly onChange: (rule: Rule | null) => void;
}

/** Which of the chosen kinds a new or converted place must hold together; it begins with the guide for embedded centres of 2023. */
export function TogetherField({ kinds, rule, onChange }: Props) {
  const words = useWords();
  if (kinds.length < 2) return null;
  const guide = {
    atLeast: Math.min(3, kinds.length),
    core: kinds.map(({ code }) => code),
    coreAtLeast: 2,
    floorM2: 600,
  };
  return (
    <fieldset className="filters">
      <legend>{words("planning.togetherRule")}</legend>
      <Tick checked={rule !== null} onChange={(is) => onChange(is ? guide : null)}>
        {words("planning.together")}
      </Tick>
      {rule && <RuleFields {...{ kinds, rule, onChange }} />}
    </fieldset>
  );
}

function RuleFields({ kinds, rule, onChange }: Props & { readonly rule: Rule }) {
  const words = useWords();
  const text = useText();
  const set = (some: Partial<Rule>) => onChange({ ...rule, ...some });
  return (
    <>
      <Whole
        label={words("planning.togetherAtLeast")}
        value={rule.atLeast}
        min={2}
        max={kinds.length}
        onChange={(atLeast) => set({ atLeast })}
      />
      <Whole
        label={words("planning.togetherFloor")}
        value={rule.floorM2}
        min={0}
        max={20_000}
        onChange={(floorM2) => set({ floorM2 })}
      />
      <Whole
        label={words("planning.togetherCoreAtLeast")}
        value={rule.coreAtLeast}
        min={0}
        max={rule.core.length}
        onChange={(coreAtLeast) => set({ coreAtLeast })}
      />
      {kinds.map(({ code, label }) => (
        <Tick
          key={code}
          checked={rule.core.includes(code)}
          onChange={(is) => set({ core: is ? [...rule.core, code] : rule.core.filter((one) => one !== code) })}
        >
          {words("planning.togetherCore", { kind: text(label) || code })}
        </Tick>
      ))}
    </>
  );
}
