import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { Link, useParams, useSearchParams } from "react-router";
import type { CheckReportPage } from "../../../server/src/modules/list/studio-model.ts";
import { ask } from "../app/ask.ts";
import { Loaded } from "../app/loaded.tsx";
import { useTitle } from "../app/use-title.ts";
import { queryOf } from "../studio/query-of.ts";
import { TableFrame } from "../ui/table-frame.tsx";
import { useText, useWords } from "../ui/words.ts";

const part = encodeURIComponent;
/** Findings shown at first, and with each press of the button. */
const step = 100;

function Kinds({ report, kind, onKind }: { report: CheckReportPage; kind: string; onKind: (kind: string) => void }) {
  const words = useWords();
  return (
    <TableFrame
      caption={words("check.byKind")}
      heads={[
        { name: words("check.kindName") },
        { name: words("check.errors"), number: true },
        { name: words("check.warnings"), number: true },
      ]}
    >
      {report.kinds.map((sum) => (
        <tr key={sum.kind}>
          <th scope="row">
            {sum.errors + sum.warnings > 0 ? (
              <button
                type="button"
                className="sort"
                aria-pressed={kind === sum.kind}
                onClick={() => onKind(kind === sum.kind ? "" : sum.kind)}
              >
                {words(`check.kind.${sum.kind}`)} {kind === sum.kind ? "▼" : ""}
              </button>
            ) : (
              words(`check.kind.${sum.kind}`)
            )}
          </th>
          <td className="number">{sum.errors}</td>
          <td className="number">{sum.warnings}</td>
        </tr>
      ))}
    </TableFrame>
  );
}

function FindingRows({ report, findings }: { report: CheckReportPage; findings: CheckReportPage["findings"] }) {
  const words = useWords();
  const text = useText();
  return (
    <TableFrame
      heads={["severity", "kindName", "what", "hint", "place"].map((key) => ({ name: words(`check.${key}`) }))}
    >
      {findings.map((finding) => (
        <tr
          key={`${finding.list}/${finding.file}:${finding.line}:${finding.column} ${finding.code} ${finding.message.en}`}
        >
          <td className={finding.severity === "error" ? "field-error" : ""}>{words(`check.${finding.severity}`)}</td>
          <td>{words(`check.kind.${finding.kind}`)}</td>
          <td>
            {text(finding.message)} <code className="small">{finding.code}</code>
          </td>
          <td>{text(finding.hint)}</td>
          <td className="small">
            {finding.list === report.list ? (
              <Link to={`/studio?list=${finding.list}&file=${part(finding.file)}`}>
                {finding.file}:{finding.line}
              </Link>
            ) : (
              `${finding.list}/${finding.file}:${finding.line}`
            )}
          </td>
        </tr>
      ))}
    </TableFrame>
  );
}

function Report({ report }: { readonly report: CheckReportPage }) {
  const words = useWords();
  const id = useId();
  const [address, setAddress] = useSearchParams();
  const [kind, severity, own] = [address.get("kind") ?? "", address.get("severity") ?? "", address.get("own") === "1"];
  const shown = Number(address.get("shown") ?? step);
  const change = (name: string, value: string) =>
    setAddress((before) => {
      const next = new URLSearchParams(before);
      if (value) next.set(name, value);
      else next.delete(name);
      if (name !== "shown") next.delete("shown");
      return next;
    });
  const found = report.findings.filter(
    (finding) =>
      (kind === "" || finding.kind === kind) &&
      (severity === "" || finding.severity === severity) &&
      (!own || finding.list === report.list),
  );
  const download = `/api/lists/${part(report.list)}/checks`;
  return (
    <>
      <p role="status">
        {words("check.summary", {
          errors: report.errors,
          warnings: report.warnings,
          items: report.items,
          executable: report.executable,
        })}{" "}
        <code className="small" title={report.contentHash}>
          {report.contentHash.slice(0, 12)}
        </code>
      </p>
      <div className="filters">
        <label htmlFor={id}>
          {words("check.date")}
          <input id={id} type="date" value={report.date} onChange={(event) => change("date", event.target.value)} />
        </label>
        <label>
          {words("check.severity")}
          <select value={severity} onChange={(event) => change("severity", event.target.value)}>
            <option value="">{words("check.all")}</option>
            <option value="error">{words("check.error")}</option>
            <option value="warning">{words("check.warning")}</option>
          </select>
        </label>
        <label className="tick">
          <input type="checkbox" checked={own} onChange={(event) => change("own", event.target.checked ? "1" : "")} />
          {words("check.ownOnly")}
        </label>
        <p className="small">
          {words("check.download")} <a href={`${download}.csv${queryOf({ date: report.date })}`}>CSV</a> ·{" "}
          <a href={`${download}.json${queryOf({ date: report.date })}`}>JSON</a>
        </p>
      </div>
      <Kinds report={report} kind={kind} onKind={(next) => change("kind", next)} />
      {found.length === 0 ? (
        <p>{words("check.none")}</p>
      ) : (
        <>
          <h2>{kind === "" ? words("check.all") : words(`check.kind.${kind}`)}</h2>
          <p className="hint">
            {words("check.showing", { shown: Math.min(shown, found.length), total: found.length })}
          </p>
          <FindingRows report={report} findings={found.slice(0, shown)} />
          {found.length > shown && (
            <p>
              <button
                type="button"
                className="button quiet small"
                onClick={() => change("shown", String(shown + step))}
              >
                {words("check.more", { count: Math.min(step, found.length - shown) })}
              </button>
            </p>
          )}
        </>
      )}
    </>
  );
}

/** Everything that the checks find in a list on a day. */
export function CheckPage() {
  const words = useWords();
  const { list = "" } = useParams();
  const [address] = useSearchParams();
  const date = address.get("date") ?? undefined;
  useTitle(words("check.title"));
  const query = useQuery({
    queryKey: ["checks", list, date],
    queryFn: () => ask<CheckReportPage>(`/api/lists/${part(list)}/checks${queryOf({ date })}`),
  });
  return (
    <>
      <p>
        <Link to={`/list?list=${list}`}>{words("item.back")}</Link> ·{" "}
        <Link to={`/studio?list=${list}`}>{words("studio.title")}</Link>
      </p>
      <h1>
        {words("check.title")}: {list}
      </h1>
      <p>{words("check.lead")}</p>
      <Loaded query={query}>{(report) => <Report report={report} />}</Loaded>
    </>
  );
}
