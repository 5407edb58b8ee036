import type { Routes } from "../../http/compose.ts";
import { comparePageQuery, comparisonPage } from "./compare-model.ts";
import type { Comparing } from "./comparing.ts";

/** Two lists, versions or areas side by side. */
export function compareRoutes(comparing: Comparing): Routes {
  return (api) => {
    api.get(
      "/compare",
      { schema: { tags: ["list"], querystring: comparePageQuery, response: { 200: comparisonPage } } },
      async ({ query }) => comparing.page(query),
    );
  };
}
