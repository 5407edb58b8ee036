import type { Run } from "../run.ts";
import type { FeelValue } from "../values.ts";

/** One evaluation: what is known so far of inputs and decisions, by slot. */
export interface State {
  readonly slots: (FeelValue | undefined)[];
  readonly run: Run;
}

/** The value that a name of a requirement stands for. */
export type Provide = (state: State) => FeelValue;
