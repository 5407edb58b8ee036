import { columnArray, type People, type Rulebook, type RulebookFact } from "@qingdan/list";

/** A seeded stream of numbers from 0 (included) to 1 (not included): mulberry32. */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * Residents with every fact known, in households of 1 to 5, in shared memory. Values are as a city has them: most people
 * are in no special class, ages run to 95, nine in ten live in the rulebook's area.
 */
export function benchPeople(rulebook: Rulebook, persons: number, seed: number): People {
  const random = randomNumbers(seed);
  const householdOf = new Int32Array(new SharedArrayBuffer(persons * 4));
  const starts: number[] = [];
  for (let row = 0; row < persons; ) {
    const size = Math.min(persons - row, 1 + Math.floor(random() * 5));
    householdOf.fill(starts.length, row, row + size);
    starts.push(row);
    row += size;
  }
  const households = starts.length;
  const start = new Int32Array(new SharedArrayBuffer((households + 1) * 4));
  start.set(starts);
  start[households] = persons;
  const members = new Int32Array(new SharedArrayBuffer(persons * 4));
  for (let row = 0; row < persons; row += 1) members[row] = row;
  const home = rulebook.areas.flatMap((area, at) =>
    area.code.startsWith(rulebook.area) && area.code.length > 5 ? [at] : [],
  );
  const columns = (entity: "person" | "household", rows: number) =>
    Object.fromEntries(
      rulebook.facts
        .filter((fact) => fact.entity === entity)
        .map((fact) => {
          const plain = columnArray(fact, rows);
          const data = new (plain.constructor as Uint8ArrayConstructor)(
            new SharedArrayBuffer(plain.byteLength) as unknown as ArrayBuffer,
          );
          for (let row = 0; row < rows; row += 1) data[row] = value(fact, rulebook, home, random);
          return [fact.name, { data }];
        }),
    );
  return {
    persons,
    households,
    personColumns: columns("person", persons),
    householdColumns: columns("household", households),
    householdOf,
    household: { start, members },
  };
}

function value({ type }: RulebookFact, rulebook: Rulebook, home: readonly number[], random: () => number): number {
  switch (type.kind) {
    case "boolean":
      return random() < 0.15 ? 1 : 0;
    case "enum":
      return random() < 0.8 ? 0 : Math.floor(random() * type.values.length);
    case "area":
      return random() < 0.9
        ? (home[Math.floor(random() * home.length)] ?? 0)
        : Math.floor(random() * rulebook.areas.length);
    case "date":
      return 20_000 - Math.floor(random() * 95 * 365);
    case "number": {
      const span = Math.min(type.max - type.min, 12_000 * 10 ** type.scale);
      return type.min + Math.floor(random() * random() * span);
    }
    default:
      throw new Error(`No bench values of a ${type.kind}`);
  }
}
