import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { api } from "../app/api.ts";
import { useTitle } from "../app/use-title.ts";
import { DeskPanel } from "../desk/desk-panel.tsx";
import { formatCount, formatLargeMoney } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";
import { MapPanel } from "./map-panel.tsx";
import { PlanPanel } from "./plan-panel.tsx";

interface PanelProps {
  readonly name: string;
  readonly href: string;
  readonly figure?: string | undefined;
  readonly children: ReactNode;
}

function Panel({ name, href, figure, children }: PanelProps) {
  const words = useWords();
  return (
    <section className="panel">
      <h2>{words(`tour.${name}`)}</h2>
      {figure !== undefined && <p className="figure">{figure}</p>}
      <p>{children}</p>
      <a href={href}>{words(`tour.${name}Link`)}</a>
    </section>
  );
}

/** For someone who has never heard of it: short panels, each with a live figure and a way in. */
export function TourPage() {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  useTitle("");
  const lists = useQuery({ queryKey: ["lists"], queryFn: api.lists });
  const runs = useQuery({ queryKey: ["runs"], queryFn: api.runs });
  const card = runs.data?.runs[0];
  const run = useQuery({
    queryKey: ["run", card?.id],
    queryFn: () => api.run(card?.id ?? ""),
    enabled: card !== undefined,
  });
  const list = lists.data?.lists.find(({ code }) => code === "cn-31") ?? lists.data?.lists[0];
  const count = (value: number | null | undefined) => (value == null ? "…" : formatCount(value, language));
  const total = run.data?.total;
  return (
    <>
      <h1>{words("tour.title")}</h1>
      <p>{words("tour.lead")}</p>
      <div className="panels">
        <Panel name="list" href={`/list${list ? `?list=${list.code}` : ""}`} figure={count(list?.items)}>
          {words("tour.listText", {
            list: list ? text(list.name) : "…",
            items: count(list?.items),
            executable: count(list?.executable),
          })}
        </Panel>
        <Panel name="person" href="/me">
          {words("tour.personText")}
        </Panel>
        <Panel name="city" href="/run" figure={count(card?.people)}>
          {words("tour.cityText", {
            city: card ? text(card.area.name) : "…",
            people: count(card?.people),
            decisions: count(card?.decisions),
            seconds: card ? card.seconds.toFixed(1) : "…",
          })}
        </Panel>
        <Panel name="missed" href="/run" figure={count(total?.missed)}>
          {words("tour.missedText", { missed: count(total?.missed), overpaid: count(total?.overpaid) })}
        </Panel>
        <Panel
          name="money"
          href="/run"
          figure={total?.fenPerYear == null ? undefined : formatLargeMoney(total.fenPerYear, language)}
        >
          {words("tour.moneyText", {
            amount: total?.fenPerYear == null ? "…" : formatLargeMoney(total.fenPerYear, language),
          })}
        </Panel>
        <MapPanel />
        <PlanPanel />
        <DeskPanel />
        <Panel name="open" href="/api/reference">
          {words("tour.openText")}
        </Panel>
      </div>
    </>
  );
}
