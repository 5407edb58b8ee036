import { useText, useWords } from "../ui/words.ts";
import { Choose, Tick } from "./field.tsx";
import type { PlacesPage, View } from "./map-api.ts";

interface Props {
  readonly places: PlacesPage;
  readonly view: View;
  readonly onChange: (values: Readonly<Record<string, string | undefined>>) => void;
}

/** What is looked at: standard, level, group, and whether without steps. */
export function ViewForm({ places, view, onChange }: Props) {
  const words = useWords();
  const text = useText();
  const standard = places.standards.find(({ id }) => id === view.standard);
  const level = standard?.levels.find(({ id }) => id === view.level);
  const groups = places.groups.filter(({ code }) => level?.groups.includes(code));
  return (
    <form className="filters" onSubmit={(event) => event.preventDefault()}>
      <Choose
        label={words("map.standard")}
        value={view.standard}
        choices={places.standards.map(({ id, title }) => ({ value: id, label: text(title) }))}
        onChange={(id) =>
          onChange({ standard: id, level: undefined, group: undefined, shown: undefined, stepFree: undefined })
        }
      />
      <Choose
        label={words("map.level")}
        value={view.level}
        choices={standard?.levels.map(({ id, label }) => ({ value: id, label: text(label) })) ?? []}
        onChange={(id) => onChange({ level: id, group: undefined, shown: undefined })}
      />
      <Choose
        label={words("map.group")}
        value={view.group}
        choices={groups.map(({ code, name }) => ({ value: code, label: text(name) }))}
        onChange={(code) => onChange({ group: code })}
      />
      {standard?.travel === "foot" && (
        <Tick checked={view.stepFree} onChange={(checked) => onChange({ stepFree: checked ? "true" : undefined })}>
          {words("map.stepFree")}
        </Tick>
      )}
    </form>
  );
}
