import type { Finding } from "../finding.ts";
import type { List } from "../model/list.ts";
import type { Reading } from "../reading.ts";

/** What a check looks at: what one list writes, that list with all it stands on, and its parent. */
export interface Checked {
  readonly own: Reading;
  readonly list: List;
  readonly parent?: List;
}

export type Check = (checked: Checked) => Iterable<Finding>;
