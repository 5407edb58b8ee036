import type { City } from "./city.ts";
import { type Part, setUnknown } from "./part.ts";

/** Takes away what the registers would not know: income not checked, need of care not assessed, homes not surveyed. */
export function assignUnknown(city: City, part: Part): void {
  for (const [name, share] of Object.entries(city.marginals.unknown)) {
    const column = part.columns[name]!;
    const draw = city.random.draw(`unknown.${name}`);
    const ofPerson = city.facts.find((fact) => fact.name === name)!.entity === "person";
    const count = ofPerson ? part.persons : part.households;
    for (let at = 0; at < count; at++) {
      const row = ofPerson ? at : part.start[at]!;
      if (draw(part.first + row) >= share) continue;
      if (ofPerson && !canBeUnknown(name, part, row)) continue;
      setUnknown(column, at);
    }
  }
}

/** Children's incomes are known to be none; the need of care is asked of older people. */
function canBeUnknown(name: string, part: Part, row: number): boolean {
  return name === "careLevel" ? part.age[row]! >= 60 : part.age[row]! >= 18;
}
