import { type ReactNode, useEffect } from "react";
import { NavLink } from "react-router";
import type { ActorView } from "../sign-in/api.ts";
import { SignedIn, Who } from "../sign-in/signed-in.tsx";
import { useWords } from "../ui/words.ts";
import "../resident/resident.css";
import "../sign-in/sign-in.css";
import "../desk/case.css";

const places = [
  { to: "/my", key: "my.nav.services" },
  { to: "/my/events", key: "my.nav.events" },
  { to: "/my/cases", key: "my.nav.cases" },
  { to: "/my/documents", key: "my.nav.documents" },
  { to: "/my/looks", key: "my.nav.looks" },
  { to: "/my/resume", key: "my.nav.resume" },
  { to: "/my/verify", key: "my.nav.verify" },
] as const;

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
            <nav className="my-nav no-print" aria-label={words("my.nav.label")}>
              {places.map(({ to, key }) => (
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
