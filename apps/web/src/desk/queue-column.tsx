import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { KeyboardEvent } from "react";
import { useSearchParams } from "react-router";
import { stages } from "../../../server/src/modules/cases/model.ts";
import type { CaseCard } from "../my/api.ts";
import type { ActorView } from "../sign-in/api.ts";
import { formatDate } from "../ui/format.ts";
import { type Language, usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";
import { deskApi } from "./api.ts";

interface Props {
  readonly actor: ActorView;
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}

const filterNames = ["queue", "stage", "area", "number"] as const;

/** The queues, and the cases of one; the filters stand in the address. */
export function QueueColumn({ actor, chosen, onChoose }: Props) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const [query, setQuery] = useSearchParams();
  const filters = Object.fromEntries(filterNames.map((name) => [name, query.get(name) ?? ""])) as Record<
    (typeof filterNames)[number],
    string
  >;
  const area = filters.area || (actor.roles[0]?.area ?? "");
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(query);
    if (value === "") next.delete(name);
    else next.set(name, value);
    setQuery(next);
  };
  const queues = useQuery({ queryKey: ["desk", "queues", area], queryFn: () => deskApi.queues(area), staleTime: 0 });
  const cases = useInfiniteQuery({
    queryKey: ["desk", "cases", filters, area],
    queryFn: ({ pageParam }) => deskApi.cases({ ...filters, area, size: "50", after: pageParam }),
    initialPageParam: "",
    getNextPageParam: ({ after }) => after ?? undefined,
    staleTime: 0,
  });
  const shown = cases.data?.pages.flatMap((page) => page.cases) ?? [];
  return (
    <section className="queue" aria-label={words("desk.queue")}>
      <div className="filters">
        <label>
          {words("desk.queue")}
          <select value={filters.queue} onChange={(event) => set("queue", event.target.value)}>
            <option value="">{words("desk.all")}</option>
            {queues.data?.queues.map(({ code, name, count, more }) => (
              <option key={code} value={code}>
                {text(name)} ({count}
                {more ? "+" : ""})
              </option>
            ))}
          </select>
        </label>
        <label>
          {words("desk.stage")}
          <select value={filters.stage} onChange={(event) => set("stage", event.target.value)}>
            <option value="">{words("desk.all")}</option>
            {stages.map((stage) => (
              <option key={stage} value={stage}>
                {words(`case.stage.${stage}`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {words("desk.number")}
          <input
            type="search"
            defaultValue={filters.number}
            onKeyDown={(event) => event.key === "Enter" && set("number", event.currentTarget.value.trim())}
          />
        </label>
      </div>
      {cases.isError && <p role="alert">{cases.error.message}</p>}
      {cases.isSuccess && shown.length === 0 && <p className="hint">{words("desk.empty")}</p>}
      <CaseList cases={shown} chosen={chosen} onChoose={onChoose} />
      {cases.hasNextPage && (
        <button type="button" className="button quiet small" onClick={() => void cases.fetchNextPage()}>
          {words("my.more")}
        </button>
      )}
      {shown.length > 0 && (
        <p className="small">
          {words(cases.hasNextPage ? "desk.shownMore" : "desk.shown", { count: shown.length })}{" "}
          <a href={`/api/desk/export.xlsx?${exportQuery(filters, area, language)}`}>{words("desk.export")}</a>
        </p>
      )}
      <p className="small hint">{words("desk.keys")}</p>
      <PapersSaved area={area} />
    </section>
  );
}

/** How many papers registers spared people, over the submitted forms of the area; nothing where there are none. */
function PapersSaved({ area }: { readonly area: string }) {
  const words = useWords();
  const query = useQuery({ queryKey: ["desk", "papers", area], queryFn: () => deskApi.papersSaved(area) });
  if (!query.data || query.data.forms === 0) return null;
  const { forms, saved, asked } = query.data;
  const all = saved + asked;
  if (all === 0) return <p className="small">{words("desk.noPapers", { forms })}</p>;
  const percent = ((100 * saved) / all).toFixed(1);
  return <p className="small">{words("desk.papersSaved", { forms, all, saved, asked, percent })}</p>;
}

const exportQuery = (filters: Readonly<Record<string, string>>, area: string, language: Language): string => {
  const said = Object.entries({ ...filters, area, language: language === "en" ? "en" : "zh" });
  return new URLSearchParams(said.filter(([, value]) => value !== "")).toString();
};

interface ListProps {
  readonly cases: readonly CaseCard[];
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}

/** Arrow keys move along the list; Enter opens. */
function CaseList({ cases, chosen, onChoose }: ListProps) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const move = (event: KeyboardEvent<HTMLUListElement>) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0) return;
    const buttons = [...event.currentTarget.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    event.preventDefault();
    buttons[at + step]?.focus();
  };
  return (
    <ul className="case-list" onKeyDown={move}>
      {cases.map((card) => (
        <li key={card.id}>
          <button
            type="button"
            className={`case-row ${card.clock}`}
            data-case={card.id}
            aria-current={card.id === chosen ? "true" : undefined}
            onClick={() => onChoose(card.id)}
          >
            <strong>{text(card.item.name)}</strong>
            <span>
              {words(`case.stage.${card.stage}`)}
              {card.due && ` · ${words("case.dueOn", { day: formatDate(card.due, language) })}`}
              {card.clock === "breached" && ` · ${words("case.clockStatus.breached")}`}
              {card.clock === "warning" && ` · ${words("case.clockStatus.warning")}`}
            </span>
            <span className="small hint">{card.number}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
