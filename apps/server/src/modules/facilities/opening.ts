import OpeningHours from "opening_hours";

export interface OpenState {
  readonly state: "open" | "closed" | "unknown";
  /** When that changes, as YYYY-MM-DDTHH:MM in Shanghai's time; null: never, or not known. */
  readonly until: string | null;
}

/** Public holidays are China's; the place matters for sunrise only, which no register writes. */
const place = { lat: 31.2, lon: 121.5, address: { country_code: "cn", state: "" } };

/** Hours as OpenStreetMap writes them. @throws {Error} that says what cannot be read */
function parseHours(text: string): OpeningHours {
  return new OpeningHours(text, place);
}

/** What is wrong with hours; undefined where they can be read. */
export function faultOfHours(text: string): string | undefined {
  const known = faults.get(text);
  if (known !== undefined) return known.fault;
  const fault = readFault(text);
  if (faults.size >= mostFaults) faults.clear();
  faults.set(text, { fault });
  return fault;
}

/** A register has few ways of writing hours and many rows; reading one takes half a millisecond. */
const faults = new Map<string, { readonly fault: string | undefined }>();
const mostFaults = 10_000;

function readFault(text: string): string | undefined {
  try {
    parseHours(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const parsed = new Map<string, OpeningHours>();

/** Whether a place with these hours is open at a moment, and until when; unknown where its hours are not known. */
export function openAt(hours: string | null, moment: Date): OpenState {
  if (hours === null) return { state: "unknown", until: null };
  const known = parsed.get(hours) ?? parseHours(hours);
  parsed.set(hours, known);
  const clock = wallClock(moment);
  if (known.getUnknown(clock)) return { state: "unknown", until: null };
  const change = known.getNextChange(clock);
  return { state: known.getState(clock) ? "open" : "closed", until: change ? wallText(change) : null };
}

const parts = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", dateStyle: "short", timeStyle: "medium" });

/** A moment as YYYY-MM-DDTHH:MM in Shanghai's time. */
export function shanghaiMinute(moment: Date): string {
  return parts.format(moment).slice(0, 16).replace(" ", "T");
}

/** The library reads the machine's own clock, so it is given a date whose local time is Shanghai's. */
function wallClock(moment: Date): Date {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = shanghaiMinute(moment).split(/[-T:]/).map(Number);
  return new Date(year, month - 1, day, hour, minute);
}

function wallText(local: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${local.getFullYear()}-${two(local.getMonth() + 1)}-${two(local.getDate())}`;
  return `${day}T${two(local.getHours())}:${two(local.getMinutes())}`;
}
