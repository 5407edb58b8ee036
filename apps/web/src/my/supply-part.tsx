import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useWords } from "../ui/words.ts";
import { type CaseDeed, type CasePage, caseApi, type Evidence } from "./api.ts";

interface Props {
  readonly matter: CasePage;
  readonly act: (deed: CaseDeed, evidence: readonly Evidence[]) => Promise<void>;
}

/** What a case asks to be supplied: a file for each paper, handed in here, or brought to a window. */
export function SupplyPart({ matter, act }: Props) {
  const words = useWords();
  const id = useId();
  const client = useQueryClient();
  const [fault, setFault] = useState<string>();
  const key = ["case", matter.id, "uploads"];
  const query = useQuery({ queryKey: key, queryFn: () => caseApi.uploads(matter.id), staleTime: 0 });
  const asked = matter.supplement;
  if (!asked) return null;
  const maySupply = matter.mayDo.includes("supply");
  const handedIn = (query.data?.uploads ?? []).filter(({ paper }) => paper !== null);
  const missing = asked.papers.filter((paper) => !handedIn.some((upload) => upload.paper === paper));
  const take = async (paper: string, file: File | undefined) => {
    if (!file) return;
    try {
      client.setQueryData(key, await caseApi.upload(matter.id, paper, file));
      setFault(undefined);
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };
  const supply = () =>
    act(
      { kind: "supply", papers: [...asked.papers], facts: [] },
      handedIn.slice(0, 20).map((upload) => ({ kind: "upload" as const, what: upload.id })),
    );
  return (
    <section className="answer" aria-labelledby="supplement-title">
      <h2 id="supplement-title">{words("my.supplement")}</h2>
      <p>{asked.text}</p>
      {fault && (
        <p className="field-error" role="alert">
          {fault}
        </p>
      )}
      <ul>
        {asked.papers.map((paper, at) => (
          <li key={paper}>
            <label htmlFor={`${id}-${at}`}>{paper}</label>
            {handedIn
              .filter((upload) => upload.paper === paper)
              .map((upload) => (
                <p key={upload.id} className="small">
                  ✓ {upload.name}
                </p>
              ))}
            {maySupply && (
              <p>
                <input
                  id={`${id}-${at}`}
                  type="file"
                  accept="image/jpeg,image/png,application/pdf"
                  onChange={({ currentTarget }) => void take(paper, currentTarget.files?.[0])}
                />
              </p>
            )}
          </li>
        ))}
      </ul>
      {maySupply && (
        <>
          {missing.length > 0 && <p className="hint">{words("my.supplyMissing", { papers: missing.join("、") })}</p>}
          <button type="button" className="button" onClick={() => void supply()}>
            {words("my.supplied")}
          </button>
        </>
      )}
    </section>
  );
}
