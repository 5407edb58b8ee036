import { useQuery } from "@tanstack/react-query";
import { Loaded } from "../app/loaded.tsx";
import { useWords } from "../ui/words.ts";
import { whatifApi } from "../whatif/api.ts";
import { EffectView } from "./effect-view.tsx";

/** What the proposal would do to the city. */
export function ProposalEffect({ proposal }: { readonly proposal: string }) {
  const words = useWords();
  const query = useQuery({
    queryKey: ["studio", "proposal", proposal, "effect"],
    queryFn: () => whatifApi.proposalEffect(proposal),
  });
  return (
    <>
      <h2>{words("studio.effect")}</h2>
      <Loaded query={query}>{(change) => <EffectView change={change} />}</Loaded>
    </>
  );
}
