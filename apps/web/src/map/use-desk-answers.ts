import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { everyFacility, mapApi, type SiteEdit, type View } from "./map-api.ts";

interface Asked {
  readonly view: View;
  /** Kind of facility that is shown; "none" and "" show no facility. */
  readonly shown: string;
  readonly block: string | undefined;
  readonly edits: readonly SiteEdit[];
}

/** What the server answers to what is looked at: coverage, blocks, facilities, the plan's changes, the chosen block. */
export function useDeskAnswers({ view, shown, block, edits }: Asked) {
  const coverage = useQuery({
    queryKey: ["coverage", view.standard, view.stepFree],
    queryFn: () => mapApi.coverage(view),
    placeholderData: keepPreviousData,
  });
  const blocks = useQuery({
    queryKey: ["blocks", view],
    queryFn: () => mapApi.blocks(view),
    placeholderData: keepPreviousData,
  });
  const isShown = shown !== "" && shown !== "none";
  const facilities = useQuery({
    queryKey: ["facilities", shown],
    queryFn: () => everyFacility(shown),
    enabled: isShown,
    placeholderData: keepPreviousData,
  });
  const plan = useQuery({
    queryKey: ["what-if", view, edits],
    queryFn: () => mapApi.whatIf(view, edits),
    enabled: edits.length > 0,
    retry: false,
    placeholderData: keepPreviousData,
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
  };
}
