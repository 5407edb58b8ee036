import { useWords } from "../ui/words.ts";
import { Choose, MaybeWhole, Tick, Whole } from "./field.tsx";
import type { PlanningBody } from "./map-api.ts";

/** What a planning mix aims at, and what only that aim asks. */
export type Aimed = Pick<PlanningBody, "aim" | "tailShare" | "leastShare" | "front">;

const aims = ["people", "worst-street", "tail", "worst-first", "gini"] as const;

interface Props {
  readonly aimed: Aimed;
  readonly onChange: (aimed: Aimed) => void;
}

export function AimFields({ aimed, onChange }: Props) {
  const words = useWords();
  const { aim, tailShare = 0.1, leastShare, front } = aimed;
  return (
    <>
      <Choose
        label={words("planning.aim")}
        value={aim}
        choices={aims.map((one) => ({ value: one, label: words(`planning.aim-${one}`) }))}
        // Another aim starts without what this one was asked.
        onChange={(value) => onChange({ aim: value as Aimed["aim"], front: front && value !== "worst-first" })}
      />
      {aim === "tail" && (
        <Whole
          label={words("planning.tailShare")}
          value={Math.round(tailShare * 100)}
          min={1}
          max={100}
          onChange={(percent) => onChange({ aim, front, tailShare: percent / 100 })}
        />
      )}
      {aim === "gini" && (
        <MaybeWhole
          label={words("planning.leastShare")}
          value={leastShare === undefined ? null : Math.round(leastShare * 100)}
          max={100}
          onChange={(percent) => onChange({ aim, front, ...(percent === null ? {} : { leastShare: percent / 100 }) })}
        />
      )}
      {aim !== "worst-first" && (
        <Tick checked={front} onChange={(is) => onChange({ ...aimed, front: is })}>
          {words("planning.front.ask")}
        </Tick>
      )}
    </>
  );
}
