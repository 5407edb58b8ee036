import { useState } from "react";
import { useText, useWords } from "../ui/words.ts";
import { Choose, Whole } from "./field.tsx";
import { judgedFor } from "./judged-for.ts";
import type { PlacesPage, View } from "./map-api.ts";

interface Props {
  readonly places: PlacesPage;
  readonly view: View;
  readonly canAddInBlock: boolean;
  /** Whether the next click on the map puts the place. */
  readonly aiming: boolean;
  readonly onAim: (aiming: boolean, place: NewPlace) => void;
  readonly onAddInBlock: (place: NewPlace) => void;
}

export interface NewPlace {
  readonly kind: string;
  readonly floorM2: number;
}

/** What to add, and where: by a click on the map, or in the chosen block. */
export function PlanPanel({ places, view, canAddInBlock, aiming, onAim, onAddInBlock }: Props) {
  const words = useWords();
  const text = useText();
  const judged = judgedFor(places, view);
  const [kind, setKind] = useState<string>();
  const [floorM2, setFloor] = useState(2000);
  const chosen = judged.find((one) => one.kind === kind) ?? judged[0];
  const place = { kind: chosen?.kind ?? "", floorM2 };
  return (
    <section aria-labelledby="plan-title">
      <h2 id="plan-title">{words("map.plan")}</h2>
      <p>{words("map.planLead")}</p>
      <div className="filters">
        <Choose
          label={words("map.addKind")}
          value={place.kind}
          choices={judged.map((one) => ({ value: one.kind, label: text(one.label) }))}
          onChange={setKind}
        />
        <Whole label={words("map.addFloor")} value={floorM2} min={10} max={100_000} onChange={setFloor} />
        <button
          type="button"
          className="button quiet small"
          aria-pressed={aiming}
          onClick={() => onAim(!aiming, place)}
        >
          {words(aiming ? "map.addOnMapNow" : "map.addOnMap")}
        </button>
        <button
          type="button"
          className="button quiet small add-in-block"
          disabled={!canAddInBlock}
          onClick={() => onAddInBlock(place)}
        >
          {words("map.addInBlock")}
        </button>
      </div>
    </section>
  );
}
