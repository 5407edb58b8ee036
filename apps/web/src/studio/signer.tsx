import { useLocation } from "react-router";
import { useMe } from "../sign-in/api.ts";
import { useWords } from "../ui/words.ts";

/** Nobody is signed in. While that is not known yet a press is not lost: the server decides. */
export function useIsVisitor(): boolean {
  const { data } = useMe();
  return data !== undefined && !data.actor;
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
