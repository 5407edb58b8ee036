import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { api, type ItemPage as Item, type Source } from "../app/api.ts";
import { Loaded } from "../app/loaded.tsx";
import { useTitle } from "../app/use-title.ts";
import { formatDate } from "../ui/format.ts";
import { Mark } from "../ui/mark.tsx";
import { usePreferences } from "../ui/preferences.ts";
import { TableFrame } from "../ui/table-frame.tsx";
import { useText, useWords } from "../ui/words.ts";
import { ParameterHistoryView } from "./parameter-history.tsx";
import { RuleView } from "./rule-view.tsx";

function Sources({ sources }: { readonly sources: readonly Source[] }) {
  return (
    <ul>
      {sources.map((source) => (
        <li key={source.code} className="small">
          {source.title}
          {source.document && ` ${source.document}`}
        </li>
      ))}
    </ul>
  );
}

type Elements = Pick<Item, "object" | "content" | "standard" | "payer" | "lead">;

/** The five elements, each with its mark and its sources. */
function FiveElements({ elements, caption }: { readonly elements: Elements; readonly caption: string }) {
  const words = useWords();
  const text = useText();
  return (
    <TableFrame
      caption={caption}
      heads={(["element", "text", "mark", "source"] as const).map((name) => ({ name: words(`item.${name}`) }))}
    >
      {(["object", "content", "standard", "payer"] as const).map((name) => (
        <tr key={name}>
          <th scope="row">{words(`item.${name}`)}</th>
          <td>{text(elements[name])}</td>
          <td>
            <Mark mark={elements[name].mark} />
          </td>
          <td>
            <Sources sources={elements[name].sources} />
          </td>
        </tr>
      ))}
      <tr>
        <th scope="row">{words("item.lead")}</th>
        <td>{elements.lead.units.map(({ name }) => text(name)).join(" · ")}</td>
        <td>
          <Mark mark={elements.lead.mark} />
        </td>
        <td>
          <Sources sources={elements.lead.sources} />
        </td>
      </tr>
    </TableFrame>
  );
}

function Basis({ item }: { readonly item: Item }) {
  const words = useWords();
  const text = useText();
  if (item.basis.length === 0) return null;
  return (
    <>
      <h2>{words("item.basis")}</h2>
      <ul>
        {item.basis.map(({ source, article, text: note }) => (
          <li key={`${source.code}/${article}`}>
            {source.title} {source.document} {article && words("item.article", { article })} {note && text(note)}
          </li>
        ))}
      </ul>
    </>
  );
}

function Relations({ item }: { readonly item: Item }) {
  const words = useWords();
  const text = useText();
  if (item.interactions.length === 0) return null;
  return (
    <>
      <h2>{words("item.interactions")}</h2>
      <ul>
        {item.interactions.map(({ item: other, kind, mark }) => (
          <li key={other.code}>
            {text(other.name)}: {words(`item.${kind}`)} <Mark mark={mark} />
          </li>
        ))}
      </ul>
    </>
  );
}

function ItemView({ list, item }: { readonly list: string; readonly item: Item }) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  useTitle(text(item.name));
  return (
    <article>
      <p>
        <Link to={`/list?list=${list}`}>{words("item.back")}</Link>
      </p>
      <h1>{text(item.name)}</h1>
      <p className="tags">
        <span>{text(item.domain.name)}</span>
        <span>{text(item.category.name)}</span>
        <span>
          {words(`item.${item.status}`)}, {words("item.effective", { from: formatDate(item.effective.from, language) })}
        </span>
        <code>{item.code}</code>
      </p>
      {item.executable && (
        <p>
          <a className="button" href="/me">
            {words("item.try")}
          </a>
        </p>
      )}
      <FiveElements elements={item} caption={words("item.elements")} />
      <Basis item={item} />
      {item.rule ? <RuleView rule={item.rule} facts={item.facts} /> : <p className="hint">{words("item.noRule")}</p>}
      {item.parameters.length > 0 && <h2>{words("item.history")}</h2>}
      {item.parameters.map((parameter) => (
        <ParameterHistoryView key={parameter.code} parameter={parameter} />
      ))}
      {item.floor.length > 0 && (
        <>
          <h2>{words("item.floor")}</h2>
          <p className="hint">{words("item.floorHint")}</p>
          {item.floor.map(({ item: upper }) => (
            <FiveElements
              key={upper.code}
              elements={upper}
              caption={`${words("item.upper")}: ${text(upper.name)} (${upper.code})`}
            />
          ))}
        </>
      )}
      <Relations item={item} />
      {item.notes.length > 0 && (
        <>
          <h2>{words("item.notes")}</h2>
          <ul>
            {item.notes.map((note) => (
              <li key={note.zh}>
                {text(note)} <Mark mark={note.mark} />
              </li>
            ))}
          </ul>
        </>
      )}
    </article>
  );
}

/** One entry of a list, whole. */
export function ItemPage() {
  const { list = "", item = "" } = useParams();
  const query = useQuery({ queryKey: ["item", list, item], queryFn: () => api.item(list, item) });
  return <Loaded query={query}>{(data) => <ItemView list={list} item={data} />}</Loaded>;
}
