import { shanghaiDay } from "@qingdan/clock";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { Loaded } from "../app/loaded.tsx";
import { useOnce } from "../app/use-once.ts";
import { useTitle } from "../app/use-title.ts";
import { formatDate } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useWords } from "../ui/words.ts";
import { type ProposalPage as Proposal, studioApi } from "./api.ts";
import { Findings, GoldenCases } from "./checks-column.tsx";
import { FileChanges } from "./file-changes.tsx";
import { ProposalDifferences } from "./proposal-differences.tsx";
import { ProposalEffect } from "./proposal-effect.tsx";
import { ShownVersionLine } from "./shown-version.tsx";
import { Signer, useIsVisitor } from "./signer.tsx";
import "./studio.css";

const suggestedVersion = (): string => shanghaiDay(new Date()).replaceAll("-", ".");

/** Publishing and withdrawing: both say under which name. */
function EndForm({ proposal }: { readonly proposal: Proposal }) {
  const words = useWords();
  const client = useQueryClient();
  const isVisitor = useIsVisitor();
  const [version, setVersion] = useState(suggestedVersion);
  const [refusal, setRefusal] = useState<string>();
  const { isBusy, once } = useOnce();
  const act = async (deed: () => Promise<unknown>) => {
    try {
      await deed();
      setRefusal(undefined);
      await client.invalidateQueries();
    } catch (error) {
      setRefusal(error instanceof Error ? error.message : String(error));
      void client.invalidateQueries();
    }
  };
  return (
    <form
      className="draft-bar"
      onSubmit={(event) => {
        event.preventDefault();
        void once(() => act(() => studioApi.publish(proposal.id, { version, author: "" })));
      }}
    >
      <p role="status">{words(proposal.publishable ? "studio.publishable" : "studio.notPublishable")}</p>
      <label>
        {words("studio.version")}
        <input
          type="text"
          required
          pattern="[A-Za-z0-9][A-Za-z0-9._\-]{0,39}"
          value={version}
          onChange={(event) => setVersion(event.target.value)}
        />
      </label>
      <Signer />
      <button
        type="submit"
        className="button small"
        disabled={isVisitor || !proposal.publishable}
        aria-disabled={isBusy}
      >
        {words("studio.publish")}
      </button>
      <button
        type="button"
        className="button quiet small"
        disabled={isVisitor}
        aria-disabled={isBusy}
        onClick={() => void once(() => act(() => studioApi.withdraw(proposal.id, "")))}
      >
        {words("studio.withdraw")}
      </button>
      {refusal && (
        <p role="alert" className="field-error">
          {refusal}
        </p>
      )}
    </form>
  );
}

function ProposalView({ proposal }: { readonly proposal: Proposal }) {
  const words = useWords();
  const { language } = usePreferences();
  const { end, findings, golden, broken, changes } = proposal;
  const day = (instant: string) => formatDate(instant.slice(0, 10), language);
  const by = (name: string) => name || words("studio.nobody");
  useTitle(proposal.title);
  return (
    <div className="studio">
      <p>
        <Link to={`/studio?list=${proposal.list}`}>{words("studio.backToStudio")}</Link>
      </p>
      <h1>
        {words("studio.proposal")}: {proposal.title}
      </h1>
      <p>
        {proposal.list} · {words("studio.proposedBy", { by: by(proposal.author), date: day(proposal.proposedAt) })} ·{" "}
        {words("studio.contentHash")} <code title={proposal.contentHash}>{proposal.contentHash.slice(0, 12)}</code>
        <br />
        <ShownVersionLine shown={proposal.shown} />
      </p>
      {end ? (
        <p role="status">
          {words(end.kind === "published" ? "studio.endedPublished" : "studio.endedWithdrawn", {
            by: by(end.author),
            date: day(end.endedAt),
          })}
        </p>
      ) : (
        <EndForm proposal={proposal} />
      )}
      {!end && proposal.baseMoved && <p className="field-error">{words("studio.baseMoved")}</p>}
      <h2>{words("studio.checks")}</h2>
      <p>
        {proposal.errors === 0
          ? words("studio.noErrors", { warnings: proposal.warnings })
          : words("studio.errors", { errors: proposal.errors, warnings: proposal.warnings })}
      </p>
      <Findings findings={findings} />
      {broken.map((list) => (
        <div key={list.list}>
          <h3>
            {words("studio.broken")}: {list.list}
          </h3>
          <Findings findings={list.findings} />
        </div>
      ))}
      {golden ? <GoldenCases golden={golden} /> : <p className="hint">{words("studio.goldenNone")}</p>}
      {!end && proposal.errors === 0 && <ProposalDifferences list={proposal.list} proposal={proposal.id} />}
      {!end && <ProposalEffect proposal={proposal.id} />}
      <h2>{words("studio.changes")}</h2>
      <FileChanges changes={changes} />
    </div>
  );
}

/** Drafts that were frozen together, compared with what is shown, to be published or withdrawn. */
export function ProposalPage() {
  const { proposal = "" } = useParams();
  const query = useQuery({
    queryKey: ["studio", "proposal", proposal],
    queryFn: () => studioApi.proposal(proposal),
    staleTime: 0,
  });
  return <Loaded query={query}>{(data) => <ProposalView proposal={data} />}</Loaded>;
}
