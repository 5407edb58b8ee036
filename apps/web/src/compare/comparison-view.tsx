import { Link } from "react-router";
import { Pager } from "../ui/pager.tsx";
import { TableFrame } from "../ui/table-frame.tsx";
import { useText, useWords } from "../ui/words.ts";
import type { ComparisonPage } from "./api.ts";

type Match = ComparisonPage["matches"][number];
type Item = ComparisonPage["onlyLeft"][number];

function Names({ items }: { readonly items: readonly Item[] }) {
  const text = useText();
  return items.map((item, at) => (
    <span key={item.code}>
      {at > 0 && "、"}
      <Link to={`/list/${item.list}/${item.code}`}>{text(item.name)}</Link>
    </span>
  ));
}

/** Elements whose difference is worth a sentence: of the others both sides stand there whole. */
const told = new Set(["condition", "amount", "parameter"]);

/** Both sides of one match, difference by difference. */
function MatchView({ match }: { readonly match: Match }) {
  const words = useWords();
  const text = useText();
  return (
    <section>
      <h3>
        <Names items={match.left} /> ↔ <Names items={match.right} />{" "}
        <span className="hint small">({words(`compare.by.${match.by}`)})</span>
      </h3>
      {match.differences.length === 0 ? (
        <p className="hint">{words("compare.same")}</p>
      ) : (
        <TableFrame
          heads={["element", "left", "right", "difference"].map((key) => ({ name: words(`compare.${key}`) }))}
        >
          {match.differences.map((difference) => (
            <tr key={`${difference.element} ${difference.code} ${difference.words.en}`}>
              <th scope="row" className="short">
                {words(`compare.elements.${difference.element}`)}
              </th>
              <td>{difference.left ? text(difference.left) : "—"}</td>
              <td>{difference.right ? text(difference.right) : "—"}</td>
              <td>{told.has(difference.element) ? text(difference.words) : words("compare.otherWords")}</td>
            </tr>
          ))}
        </TableFrame>
      )}
    </section>
  );
}

function Only({ title, items }: { readonly title: string; readonly items: readonly Item[] }) {
  const words = useWords();
  if (items.length === 0) return null;
  return (
    <details>
      <summary>
        {title} ({words("list.count", { count: items.length })})
      </summary>
      <p>
        <Names items={items} />
      </p>
    </details>
  );
}

/** What two sides have in common and where they differ, a page of matches at a time. */
export function ComparisonView({
  page,
  onPage,
}: {
  readonly page: ComparisonPage;
  readonly onPage: (page: number) => void;
}) {
  const words = useWords();
  return (
    <>
      <p role="status">
        {words("compare.summary", {
          total: page.total,
          different: page.different,
          left: page.onlyLeft.length,
          right: page.onlyRight.length,
        })}
      </p>
      <Only title={words("compare.onlyLeft")} items={page.onlyLeft} />
      <Only title={words("compare.onlyRight")} items={page.onlyRight} />
      {page.matches.map((match) => (
        <MatchView key={[...match.left, ...match.right].map(({ code }) => code).join(" ")} match={match} />
      ))}
      <Pager page={page.page} size={page.size} total={page.total} onPage={onPage} />
    </>
  );
}
