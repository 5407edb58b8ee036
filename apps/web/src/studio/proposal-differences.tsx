import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Loaded } from "../app/loaded.tsx";
import { compareApi } from "../compare/api.ts";
import { ComparisonView } from "../compare/comparison-view.tsx";
import { useWords } from "../ui/words.ts";

/** What would be promised otherwise, in words: the list as it is shown on the left, as the proposal would make it on the right. */
export function ProposalDifferences({ list, proposal }: { readonly list: string; readonly proposal: string }) {
  const words = useWords();
  const [page, setPage] = useState(1);
  const query = useQuery({
    queryKey: ["studio", "proposal", proposal, "differences", page],
    queryFn: () => compareApi.page({ left: list, right: `${list}@proposal:${proposal}` }, "different", page),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <h2>{words("studio.promisedOtherwise")}</h2>
      <Loaded query={query}>{(data) => <ComparisonView page={data} onPage={setPage} />}</Loaded>
    </>
  );
}
