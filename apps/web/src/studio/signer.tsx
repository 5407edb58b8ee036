import { useLocation } from "react-router";
import { type ActorView, useMe } from "../sign-in/api.ts";
import { useWords } from "../ui/words.ts";

/** Who is signed in to write; undefined for a visitor, and while that is not known yet. */
export function useSigner(): ActorView | undefined {
  return useMe().data?.actor ?? undefined;
}

/** Under whose name a deed is written down, or the way to sign in and back. */
export function Signer() {
  const words = useWords();
  const { pathname, search } = useLocation();
  const { data } = useMe();
  if (!data) return null;
  if (data.actor) {
    return (
      <span className="small hint">
        {words("studio.author")}: {data.actor.name}
      </span>
    );
  }
  return (
    <a className="small" href={`/sign-in?goal=${encodeURIComponent(pathname + search)}`}>
      {words("studio.signIn")}
    </a>
  );
}
