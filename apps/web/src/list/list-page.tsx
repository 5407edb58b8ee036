import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { Link, useSearchParams } from "react-router";
import { api, type ItemCard, type ListPage as ListShape } from "../app/api.ts";
import { Loaded } from "../app/loaded.tsx";
import { useTitle } from "../app/use-title.ts";
import { ShownVersionLine } from "../studio/shown-version.tsx";
import { formatCount } from "../ui/format.ts";
import { Mark } from "../ui/mark.tsx";
import { Pager } from "../ui/pager.tsx";
import { usePreferences } from "../ui/preferences.ts";
import { TableFrame } from "../ui/table-frame.tsx";
import { useText, useWords, type Words } from "../ui/words.ts";

/** Filters live in the address, so that a view can be sent and come back to. */
const filterNames = ["q", "domain", "lifeStage", "lead", "area", "page"] as const;
type FilterName = (typeof filterNames)[number];

interface Choice {
  readonly code: string;
  readonly name: Words;
  readonly items?: number;
}

function Filter(props: {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly all?: string;
  readonly onChange: (value: string) => void;
}) {
  const text = useText();
  return (
    <label>
      {props.label}
      <select value={props.value} onChange={(event) => props.onChange(event.target.value)}>
        {props.all !== undefined && <option value="">{props.all}</option>}
        {props.choices.map(({ code, name, items }) => (
          <option key={code} value={code}>
            {text(name)}
            {items === undefined ? "" : ` (${items})`}
          </option>
        ))}
      </select>
    </label>
  );
}

function Entry({ list, item }: { readonly list: string; readonly item: ItemCard }) {
  const text = useText();
  const words = useWords();
  return (
    <li>
      <h2>
        <Link to={`/list/${list}/${item.code}`}>{text(item.name)}</Link>
      </h2>
      <p>{text(item.standard)}</p>
      <p className="tags">
        <span>{text(item.domain.name)}</span>
        <span>{item.leads.map(({ name }) => text(name)).join(" · ")}</span>
        <span>{item.executable ? words("list.executable") : words("list.referenceOnly")}</span>
        {item.list !== list && <span>{words("list.inherited")}</span>}
        <Mark mark={item.mark} />
      </p>
    </li>
  );
}

function Marks({ list }: { readonly list: ListShape }) {
  const words = useWords();
  const { language } = usePreferences();
  return (
    <details>
      <summary>{words("list.marks")}</summary>
      <TableFrame heads={[{ name: words("list.markName") }, { name: words("list.markCount"), number: true }]}>
        {Object.entries(list.marks).map(([mark, count]) => (
          <tr key={mark}>
            <td>
              <Mark mark={mark} /> {words(`mark.${mark}.long`)}
            </td>
            <td className="number">{formatCount(count, language)}</td>
          </tr>
        ))}
      </TableFrame>
    </details>
  );
}

/** The public list: search, filters, entries. */
export function ListPage() {
  const words = useWords();
  const text = useText();
  const searchId = useId();
  const [address, setAddress] = useSearchParams();
  useTitle(words("list.title"));
  const lists = useQuery({ queryKey: ["lists"], queryFn: api.lists });
  const code = address.get("list") ?? lists.data?.lists[0]?.code ?? "";
  const filters = Object.fromEntries(filterNames.map((name) => [name, address.get(name) ?? ""])) as Record<
    FilterName,
    string
  >;
  const list = useQuery({ queryKey: ["list", code], queryFn: () => api.list(code), enabled: code !== "" });
  const items = useQuery({
    queryKey: ["items", code, filters],
    queryFn: () => api.items(code, filters),
    enabled: code !== "",
    // Entries of another list would stand there with this one's addresses.
    placeholderData: (before, query) => (query?.queryKey[1] === code ? before : undefined),
  });
  const change = (name: string, value: string) =>
    setAddress(
      (before) => {
        const next = new URLSearchParams(before);
        if (value) next.set(name, value);
        else next.delete(name);
        if (name !== "page") next.delete("page");
        return next;
      },
      { replace: name === "q" },
    );

  return (
    <>
      <h1>{words("list.title")}</h1>
      <p>{words("list.lead")}</p>
      <search>
        <form className="filters" onSubmit={(event) => event.preventDefault()}>
          <label htmlFor={searchId}>
            {words("list.search")}
            <input
              id={searchId}
              type="search"
              placeholder={words("list.searchHint")}
              value={filters.q}
              onChange={(event) => change("q", event.target.value)}
            />
          </label>
          <Filter
            label={words("list.which")}
            value={code}
            choices={lists.data?.lists ?? []}
            onChange={(value) => setAddress({ list: value })}
          />
          <Filter
            label={words("list.domain")}
            value={filters.domain}
            choices={list.data?.domains ?? []}
            all={words("list.all")}
            onChange={(value) => change("domain", value)}
          />
          <Filter
            label={words("list.lifeStage")}
            value={filters.lifeStage}
            choices={list.data?.lifeStages ?? []}
            all={words("list.all")}
            onChange={(value) => change("lifeStage", value)}
          />
          <Filter
            label={words("list.leadUnit")}
            value={filters.lead}
            choices={list.data?.leads ?? []}
            all={words("list.all")}
            onChange={(value) => change("lead", value)}
          />
          <Filter
            label={words("list.area")}
            value={filters.area}
            choices={list.data?.areas ?? []}
            all={words("list.all")}
            onChange={(value) => change("area", value)}
          />
        </form>
      </search>
      <Loaded query={items}>
        {({ total, page, size, items: found }) => (
          <>
            <p role="status">{words("list.count", { count: total })}</p>
            {found.length === 0 && <p>{words("list.nothing")}</p>}
            <ul className="entries">
              {found.map((item) => (
                <Entry key={item.code} list={code} item={item} />
              ))}
            </ul>
            <Pager page={page} size={size} total={total} onPage={(to) => change("page", String(to))} />
          </>
        )}
      </Loaded>
      {list.data && (
        <>
          <p className="provenance">
            {text(list.data.name)}
            {list.data.version && ` · ${words("list.version", { version: list.data.version })}`} ·{" "}
            <ShownVersionLine shown={list.data.shown} /> ·{" "}
            <Link to={`/list/${code}/checks`}>{words("check.title")}</Link> ·{" "}
            <Link to={`/list/${code}/versions`}>{words("studio.versions")}</Link> ·{" "}
            <a href={`/api/lists/${code}/export.csv`}>{words("list.download")} (CSV)</a> ·{" "}
            <a href={`/api/lists/${code}/export.json`}>JSON</a> · <a href="/api/reference">{words("list.api")}</a>
          </p>
          <Marks list={list.data} />
        </>
      )}
    </>
  );
}
