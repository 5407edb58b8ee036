import type { ReportSnapshot, SnapshotArea, SnapshotIndicator, SnapshotValue } from "../report-snapshot.ts";
import type { ReportErrorCode } from "./report-error.ts";
import type { ReportLanguage } from "./template.ts";

/** The figures of a snapshot by name; build one for a snapshot and bind every area with it. */
export interface FigureBook {
  readonly snapshot: ReportSnapshot;
  readonly indicators: ReadonlyMap<string, SnapshotIndicator>;
  readonly areas: ReadonlyMap<string, SnapshotArea>;
  /** By `code@period:area`. */
  readonly values: ReadonlyMap<string, SnapshotValue>;
}

export function openFigures(snapshot: ReportSnapshot): FigureBook {
  return {
    snapshot,
    indicators: new Map(snapshot.indicators.map((indicator) => [indicator.code, indicator])),
    areas: new Map(snapshot.areas.map((area) => [area.code, area])),
    values: new Map(snapshot.values.map((value) => [`${value.indicator}@${value.period}:${value.area}`, value])),
  };
}

/** A figure that has a value, with its indicator. */
export interface Figure {
  readonly indicator: SnapshotIndicator;
  readonly value: SnapshotValue & { readonly value: number };
}

/** A figure that stops the build: why, and its name. */
export interface FigureFault {
  readonly code: ReportErrorCode;
  readonly place: string;
}

/** Looks figures up while a report is bound, and keeps what went wrong, what was cited and how much. */
export interface FigureLookup {
  readonly faults: readonly FigureFault[];
  /** Figures of the text in the order of their notes. */
  readonly cited: readonly Figure[];
  readonly count: number;
  fail(code: ReportErrorCode, place: string): undefined;
  /** The figure of a place that must have a value; `where` is told when it has not. */
  look(code: string, period: string, area: string, where: string): Figure | undefined;
  /** The number of the note that a figure has, its own the first time. */
  note(figure: Figure): number;
}

export function createLookup(book: FigureBook, language: ReportLanguage): FigureLookup {
  const faults: FigureFault[] = [];
  const notes = new Map<string, Figure>();
  let count = 0;
  const fail = (code: ReportErrorCode, place: string): undefined => {
    faults.push({ code, place });
    return undefined;
  };
  return {
    faults,
    fail,
    get cited() {
      return [...notes.values()];
    },
    get count() {
      return count;
    },
    look(code, period, area, where) {
      const name = `${code}@${period}:${area}`;
      const [indicator, value] = [book.indicators.get(code), book.values.get(name)];
      if (!indicator || !value) return fail("REPORT-UNBOUND", `${name} (${where})`);
      const reason = value.reason ? `: ${value.reason[language]}` : "";
      if (value.status === "failed") return fail("REPORT-FAILED", `${name} (${where})${reason}`);
      if (value.value === null) return fail("REPORT-MISSING", `${name} (${where})${reason}`);
      count++;
      return { indicator, value: { ...value, value: value.value } };
    },
    note(figure) {
      const name = `${figure.indicator.code}@${figure.value.period}:${figure.value.area}`;
      const at = [...notes.keys()].indexOf(name);
      if (at >= 0) return at + 1;
      notes.set(name, figure);
      return notes.size;
    },
  };
}
