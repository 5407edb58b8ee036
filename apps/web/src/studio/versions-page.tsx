import { useQuery } from "@tanstack/react-query";
import { Link, useParams, useSearchParams } from "react-router";
import { Loaded } from "../app/loaded.tsx";
import { useTitle } from "../app/use-title.ts";
import { formatDate } from "../ui/format.ts";
import { Pager } from "../ui/pager.tsx";
import { usePreferences } from "../ui/preferences.ts";
import { useWords } from "../ui/words.ts";
import { studioApi } from "./api.ts";
import { FileChanges } from "./file-changes.tsx";
import { ShownVersionLine } from "./shown-version.tsx";
import "./studio.css";
import { TableFrame } from "../ui/table-frame.tsx";

function Differences({ list, from, to }: { readonly list: string; readonly from: string; readonly to: string }) {
  const words = useWords();
  const query = useQuery({
    queryKey: ["studio", "differences", list, from, to],
    queryFn: () => studioApi.differences(list, from, to),
  });
  const name = (version: string) => (version === "folder" ? words("studio.folder") : version);
  return (
    <section aria-labelledby="differences">
      <h2 id="differences">{words("studio.differences", { from: name(from), to: name(to) })}</h2>
      <Loaded query={query}>
        {({ changes }) =>
          changes.length === 0 ? <p>{words("studio.noDifferences")}</p> : <FileChanges changes={changes} />
        }
      </Loaded>
    </section>
  );
}

function VersionFiles({ list, version }: { readonly list: string; readonly version: string }) {
  const words = useWords();
  const query = useQuery({
    queryKey: ["studio", "version", list, version],
    queryFn: () => studioApi.version(list, version),
  });
  return (
    <section aria-labelledby="version-files">
      <h2 id="version-files">{words("studio.filesOf", { version })}</h2>
      <Loaded query={query}>
        {({ files, contentHash }) => (
          <>
            <p className="small">
              {words("studio.contentHash")} <code>{contentHash}</code>
            </p>
            {files.map(({ file, text, sha256 }) => (
              <details key={file}>
                <summary>
                  {file} <code className="small">{sha256.slice(0, 12)}</code>
                </summary>
                <pre className="marked-up">{text}</pre>
              </details>
            ))}
          </>
        )}
      </Loaded>
    </section>
  );
}

/** The published versions of a list: what each holds and what changed. */
export function VersionsPage() {
  const words = useWords();
  const { language } = usePreferences();
  const { list = "" } = useParams();
  const [address, setAddress] = useSearchParams();
  useTitle(words("studio.versions"));
  const page = Number(address.get("page") ?? 1);
  const query = useQuery({
    queryKey: ["studio", "versions", list, page],
    queryFn: () => studioApi.versions(list, page),
    staleTime: 0,
  });
  const [from, to, open] = [address.get("from"), address.get("to"), address.get("version")];
  return (
    <div className="studio">
      <p>
        <Link to={`/studio?list=${list}`}>{words("studio.backToStudio")}</Link>
      </p>
      <h1>
        {words("studio.versions")}: {list}
      </h1>
      <p>{words("studio.versionsLead")}</p>
      <Loaded query={query}>
        {({ shown, versions, total, size }) => (
          <>
            <p>
              <ShownVersionLine shown={shown} />
            </p>
            {total === 0 ? (
              <p>{words("studio.noVersions")}</p>
            ) : (
              <TableFrame
                caption={words("studio.versions")}
                heads={["version", "publishedAt", "publishedBy", "contentHash", "change"].map((key) => ({
                  name: words(`studio.${key}`),
                }))}
              >
                {versions.map((version, at) => (
                  <tr key={version.version}>
                    <th scope="row">
                      <Link to={`?version=${version.version}`}>{version.version}</Link>
                    </th>
                    <td>{formatDate(version.publishedAt.slice(0, 10), language)}</td>
                    <td>{version.publishedBy || words("studio.nobody")}</td>
                    <td>
                      <code title={version.contentHash}>{version.contentHash.slice(0, 12)}</code>
                    </td>
                    <td>
                      <Link to={`?from=${versions[at + 1]?.version ?? "folder"}&to=${version.version}`}>
                        {words(versions[at + 1] ? "studio.compareWithBefore" : "studio.compareWithFolder")}
                      </Link>
                    </td>
                  </tr>
                ))}
              </TableFrame>
            )}
            <Pager page={page} size={size} total={total} onPage={(to) => setAddress({ page: String(to) })} />
          </>
        )}
      </Loaded>
      {from && to && <Differences list={list} from={from} to={to} />}
      {open && <VersionFiles list={list} version={open} />}
    </div>
  );
}
