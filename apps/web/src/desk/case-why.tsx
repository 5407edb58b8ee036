import type { Explanation } from "@qingdan/list/browser";
import { useQuery } from "@tanstack/react-query";
import { ask } from "../app/ask.ts";
import type { CasePage } from "../my/api.ts";
import { Explained } from "../ui/explained.tsx";
import { useWords } from "../ui/words.ts";

/** What the pinned rules answer on the facts of the case, with every condition and its law. */
export function CaseWhy({ matter }: { readonly matter: CasePage }) {
  const words = useWords();
  const query = useQuery({
    queryKey: ["case", matter.id, matter.seq, "why"],
    queryFn: () => ask<Explanation>(`/api/cases/${encodeURIComponent(matter.id)}/explanation`),
    retry: false,
  });
  return (
    <section aria-labelledby="why-title">
      <h2 id="why-title">{words("desk.rules")}</h2>
      {query.isError && <p>{query.error.message}</p>}
      {query.data && <Explained explanation={query.data} />}
      <p className="small hint">
        {words("desk.pinned", { list: matter.pinned.list, day: matter.pinned.rulebookDate })}{" "}
        <code>{matter.pinned.rulebookHash.slice(0, 12)}</code>
      </p>
      <p>
        <a href={`/list/${matter.list}/${matter.item.code}`}>{words("desk.item")}</a>
      </p>
    </section>
  );
}
