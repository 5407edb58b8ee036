import { Link, useLocation } from "react-router";
import { useWords } from "../ui/words.ts";
import { useTitle } from "./use-title.ts";

/** An address that is no page of the site. */
export function NotFoundPage() {
  const words = useWords();
  const { pathname } = useLocation();
  useTitle(words("notFound.title"));
  return (
    <>
      <h1>{words("notFound.title")}</h1>
      <p>{words("notFound.lead", { address: pathname })}</p>
      <p>
        <Link to="/">{words("notFound.start")}</Link>
      </p>
    </>
  );
}
