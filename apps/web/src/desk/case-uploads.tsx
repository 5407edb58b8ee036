import { useQuery } from "@tanstack/react-query";
import { caseApi } from "../my/api.ts";
import { formatInstant } from "../ui/format-instant.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useWords } from "../ui/words.ts";

/** Files that were handed in with a case, or supplied to it; that staff open one is told to the person. */
export function CaseUploads({ id }: { readonly id: string }) {
  const words = useWords();
  const { language } = usePreferences();
  const query = useQuery({ queryKey: ["case", id, "uploads"], queryFn: () => caseApi.uploads(id), staleTime: 0 });
  const uploads = query.data?.uploads ?? [];
  if (query.isError) return <p role="alert">{query.error.message}</p>;
  if (uploads.length === 0) return null;
  return (
    <section aria-labelledby="uploads-title">
      <h2 id="uploads-title">{words("case.uploads")}</h2>
      <ul>
        {uploads.map(({ id: upload, name, bytes, at, paper }) => (
          <li key={upload}>
            <a href={`/api/uploads/${upload}`}>{name}</a>{" "}
            <span className="hint small">
              {paper && `${paper} · `}
              {words("case.uploadSize", { kilobytes: Math.max(1, Math.round(bytes / 1024)) })} ·{" "}
              {formatInstant(at, language)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
