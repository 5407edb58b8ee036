import { useState } from "react";

const key = "qingdan.studio.author";

/** The name under which drafts are written down while nobody is signed in; kept in the tab. */
export function useAuthor(): readonly [string, (name: string) => void] {
  const [author, setAuthor] = useState(() => sessionStorage.getItem(key) ?? "");
  return [
    author,
    (name) => {
      sessionStorage.setItem(key, name);
      setAuthor(name);
    },
  ];
}
