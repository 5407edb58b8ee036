import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { NavLink } from "react-router";
import { Loaded } from "../app/loaded.tsx";
import { useTitle } from "../app/use-title.ts";
import { useWords } from "../ui/words.ts";
import { cockpitApi, type Overview } from "./api.ts";
import "./cockpit.css";

const pages = ["work", "index", "alarms", "actions", "snapshots", "imports"] as const;
export type CockpitPage = (typeof pages)[number];

const addressOf = (page: CockpitPage): string => (page === "work" ? "/cockpit" : `/cockpit/${page}`);

/** What every page of the cockpit has: its name, the ways to the others, and that the data are made up. */
export function CockpitFrame({
  title,
  lead,
  children,
}: {
  readonly title: string;
  readonly lead?: string;
  readonly children: (overview: Overview) => ReactNode;
}) {
  const words = useWords();
  useTitle(title);
  const overview = useQuery({ queryKey: ["cockpit"], queryFn: cockpitApi.overview });
  return (
    <div className="cockpit">
      <nav className="cockpit-nav" aria-label={words("cockpit.nav")}>
        {pages.map((page) => (
          <NavLink key={page} to={addressOf(page)} end>
            {words(`cockpit.${page}`)}
            {page === "alarms" && overview.data && overview.data.open.alarms > 0
              ? ` (${overview.data.open.alarms})`
              : ""}
          </NavLink>
        ))}
      </nav>
      <h1>{title}</h1>
      {lead && <p>{lead}</p>}
      <Loaded query={overview}>
        {(data) => (
          <>
            {data.provenance.synthetic && <p className="synthetic">{words("cockpit.synthetic")}</p>}
            {children(data)}
          </>
        )}
      </Loaded>
    </div>
  );
}
