import type { ComparisonPage } from "../../../server/src/modules/list/compare-model.ts";
import type { VersionsPage } from "../../../server/src/modules/list/studio-model.ts";
import type { ComparisonEffectPage } from "../../../server/src/modules/whatif/model.ts";
import { ask } from "../app/ask.ts";
import { queryOf } from "../studio/query-of.ts";

export type { ComparisonEffectPage, ComparisonPage };

/** What is compared, as the address of the page and of the server say it. */
export interface Sides {
  readonly left: string;
  readonly right: string;
  readonly leftArea?: string | undefined;
  readonly rightArea?: string | undefined;
}

export const compareApi = {
  page: (sides: Sides, only: string, page: number) =>
    ask<ComparisonPage>(`/api/compare${queryOf({ ...sides, only, page })}`),
  effect: (sides: Sides) => ask<ComparisonEffectPage>(`/api/compare/effect${queryOf({ ...sides })}`),
  versions: (list: string) => ask<VersionsPage>(`/api/lists/${encodeURIComponent(list)}/versions?size=100`),
};
