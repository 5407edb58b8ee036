import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { NavLink, useNavigate } from "react-router";
import { actFor } from "../app/acting-for.ts";
import type { ActorView } from "../sign-in/api.ts";
import { SignedIn, Who } from "../sign-in/signed-in.tsx";
import { formatDate } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useWords } from "../ui/words.ts";
import "../resident/resident.css";
import "../sign-in/sign-in.css";
import "../desk/case.css";

const places = [
  { to: "/my", key: "my.nav.services" },
  { to: "/my/events", key: "my.nav.events" },
  { to: "/my/cases", key: "my.nav.cases" },
  { to: "/my/helpers", key: "my.nav.helpers" },
  { to: "/my/documents", key: "my.nav.documents" },
  { to: "/my/looks", key: "my.nav.looks" },
  { to: "/my/resume", key: "my.nav.resume" },
  { to: "/my/verify", key: "my.nav.verify" },
] as const;

/** What a helper reaches while they act for somebody. */
const helped: ReadonlySet<string> = new Set(["/my", "/my/cases"]);

/** Whom one acts for, and the way back to oneself. */
function Acting({ actor }: { readonly actor: ActorView }) {
  const words = useWords();
  const { language } = usePreferences();
  const client = useQueryClient();
  const navigate = useNavigate();
  const end = () => {
    actFor(undefined);
    client.clear();
    navigate("/my/helpers");
  };
  return (
    <div className="acting" role="status">
      <p>
        <strong>{words("my.helpers.acting", { name: actor.actingFor?.name ?? "" })}</strong>{" "}
        {words("my.until", { day: formatDate(actor.actingFor?.until ?? "", language) })}
      </p>
      <button type="button" className="button quiet small" onClick={end}>
        {words("my.helpers.end")}
      </button>
    </div>
  );
}

/** The residents' own pages have their text size: 18 px, 22 px in elder mode. */
export function useResidentSize(): void {
  useEffect(() => {
    document.documentElement.dataset.face = "resident";
    return () => {
      delete document.documentElement.dataset.face;
    };
  }, []);
}

/** The frame of a resident's own pages: one column, who is signed in, and the ways between them. */
export function MyFrame({ children }: { readonly children: (actor: ActorView) => ReactNode }) {
  const words = useWords();
  useResidentSize();
  return (
    <div className="column">
      <SignedIn kind="resident">
        {(actor) => (
          <>
            <Who actor={actor} />
            {actor.actingFor && <Acting actor={actor} />}
            <nav className="my-nav no-print" aria-label={words("my.nav.label")}>
              {places
                .filter(({ to }) => !actor.actingFor || helped.has(to))
                .map(({ to, key }) => (
                  <NavLink key={to} to={to} end>
                    {words(key)}
                  </NavLink>
                ))}
            </nav>
            {children(actor)}
          </>
        )}
      </SignedIn>
    </div>
  );
}
