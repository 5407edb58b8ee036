import type { Diagnostic, DiagnosticCode, Severity } from "./diagnostics.ts";
import type { CallSite, Evaluating, FeelContext, FeelValue } from "./values.ts";

/** Distinct diagnostics kept for one evaluation; the rest are counted. */
const maxDiagnostics = 200;
/** Items that loops, filters and ranges of one evaluation may produce. */
const maxItems = 10_000_000;
/** Calls within calls: far fewer than overflow the stack, which a boxed model does at about 900. */
const maxCalls = 500;

export interface RunOptions {
  /** `?`, the value under test. */
  readonly input?: FeelValue;
  /** Milliseconds since 1970 for `now()` and `today()`; without it they are null. */
  readonly clock?: () => number;
}

/** One evaluation: its variables and what it has to say. */
export class Run implements Evaluating {
  readonly context: FeelContext;
  readonly input: FeelValue;
  readonly clock: (() => number) | null;
  readonly diagnostics: Diagnostic[] = [];
  /** Items produced, calls under way, and diagnostics beyond the limit, told but not listed. */
  readonly work = { items: 0, calls: 0, suppressed: 0 };

  constructor(context: FeelContext, options: RunOptions = {}) {
    this.context = context;
    this.input = options.input ?? null;
    this.clock = options.clock ?? null;
  }

  /** Records the cause of a null, once for a place, and gives the null. */
  report(severity: Severity, code: DiagnosticCode, site: CallSite, details: readonly string[] = []): null {
    const { from, to } = site;
    const same = this.diagnostics.some((known) => known.from === from && known.to === to && known.code === code);
    if (same) return null;
    if (this.diagnostics.length < maxDiagnostics) this.diagnostics.push({ code, severity, details, from, to });
    else this.work.suppressed += 1;
    return null;
  }

  error(code: DiagnosticCode, site: CallSite, details?: readonly string[]): null {
    return this.report("error", code, site, details);
  }

  warn(code: DiagnosticCode, site: CallSite, details?: readonly string[]): null {
    return this.report("warning", code, site, details);
  }

  /** Whether so many further items may be produced; false, with a diagnostic, when not. */
  allow(items: number, site: CallSite, what: string): boolean {
    this.work.items += items;
    if (this.work.items <= maxItems) return true;
    this.error("TOO_MUCH_WORK", site, [what, String(maxItems)]);
    return false;
  }

  /** Whether the body of a function may run, after which it has to `leave`; false, with a diagnostic, beyond the limit. */
  enter(site: CallSite): boolean {
    if (this.work.calls < maxCalls) {
      this.work.calls += 1;
      return true;
    }
    this.error("TOO_DEEP", site, [String(maxCalls)]);
    return false;
  }

  leave(): void {
    this.work.calls -= 1;
  }
}
