import type { ReactNode } from "react";
import type { ActorView } from "../sign-in/api.ts";
import { SignedIn, Who } from "../sign-in/signed-in.tsx";
import "../resident/resident.css";
import "../sign-in/sign-in.css";
import "./case.css";

/** A page of the window: one column, for staff who are signed in. */
export function WindowFrame({ children }: { readonly children: (actor: ActorView) => ReactNode }) {
  return (
    <div className="column">
      <SignedIn kind="staff">
        {(actor) => (
          <>
            <Who actor={actor} />
            {children(actor)}
          </>
        )}
      </SignedIn>
    </div>
  );
}
