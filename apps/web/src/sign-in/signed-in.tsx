import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Navigate, useLocation, useNavigate } from "react-router";
import { Loaded } from "../app/loaded.tsx";
import { useWords } from "../ui/words.ts";
import { type ActorView, forgetEverything, identityApi, useMe } from "./api.ts";

interface Props {
  readonly kind: "resident" | "staff";
  readonly children: (actor: ActorView) => ReactNode;
}

/** Shows a page to those it is for, and sends everybody else to sign in and back. */
export function SignedIn({ kind, children }: Props) {
  const words = useWords();
  const { pathname, search } = useLocation();
  return (
    <Loaded query={useMe()}>
      {({ actor }) => {
        if (!actor) return <Navigate replace to={`/sign-in?goal=${encodeURIComponent(pathname + search)}`} />;
        if (actor.kind === kind) return children(actor);
        return (
          <>
            <h1>{words("signIn.wrongKind")}</h1>
            <p>{words(kind === "staff" ? "signIn.staffOnly" : "signIn.residentsOnly", { name: actor.name })}</p>
            <Who actor={actor} />
          </>
        );
      }}
    </Loaded>
  );
}

/** Who is signed in, and the way out. */
export function Who({ actor }: { readonly actor: ActorView }) {
  const words = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const leave = async () => {
    await identityApi.signOut();
    forgetEverything(client);
    navigate("/sign-in");
  };
  return (
    <p className="who no-print">
      <span>{words("signIn.as", { name: actor.name })}</span> <a href="/account">{words("signIn.account")}</a>{" "}
      <button type="button" className="button quiet small" onClick={() => void leave()}>
        {words("signIn.out")}
      </button>
    </p>
  );
}
