import { type QueryKey, useQuery } from "@tanstack/react-query";
import { everyFacility, mapApi, type SiteEdit, type View } from "./map-api.ts";

interface Asked {
  readonly view: View;
  /** Kind of facility that is shown; "none" and "" show no facility. */
  readonly shown: string;
  readonly block: string | undefined;
  readonly edits: readonly SiteEdit[];
}

/** What was read last stands until the new is here, unless it is of another standard: its minutes and figures mean something else. */
const ofStandard =
  (standard: string) =>
  <T>(before: T | undefined, query: { readonly queryKey: QueryKey } | undefined): T | undefined =>
    query?.queryKey[1] === standard ? before : undefined;

/** What the server answers to what is looked at: coverage, blocks, facilities, the plan's changes, the chosen block. */
export function useDeskAnswers({ view, shown, block, edits }: Asked) {
  const placeholderData = ofStandard(view.standard);
  const coverage = useQuery({
    queryKey: ["coverage", view.standard, view.stepFree],
    queryFn: () => mapApi.coverage(view),
    placeholderData,
  });
  const blocks = useQuery({
    queryKey: ["blocks", view.standard, view],
    queryFn: () => mapApi.blocks(view),
    placeholderData,
  });
  const isShown = shown !== "" && shown !== "none";
  const facilities = useQuery({
    queryKey: ["facilities", shown],
    queryFn: () => everyFacility(shown),
    enabled: isShown,
  });
  const plan = useQuery({
    queryKey: ["what-if", view.standard, view, edits],
    queryFn: () => mapApi.whatIf(view, edits),
    enabled: edits.length > 0,
    retry: false,
    placeholderData,
  });
  const detail = useQuery({
    queryKey: ["block", block, view],
    queryFn: () => mapApi.block(block ?? "", view),
    enabled: block !== undefined,
  });
  return {
    coverage: coverage.data,
    blocks: blocks.data,
    facilities: isShown ? facilities.data : undefined,
    plan: edits.length > 0 && !plan.isError ? plan.data : undefined,
    planProblem: plan.error?.message,
    detail: detail.data,
    /** Something of what stands there is of the view or the plan before. */
    isRenewing: [coverage, blocks, plan].some(({ isPlaceholderData }) => isPlaceholderData),
  };
}
