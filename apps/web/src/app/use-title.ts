import { useEffect } from "react";
import { useWords } from "../ui/words.ts";

/** Names the document after what the page shows. */
export const useTitle = (title: string): void => {
  const words = useWords();
  useEffect(() => {
    document.title = title ? `${title} · ${words("nav.brand")}` : words("nav.brand");
  }, [title, words]);
};
