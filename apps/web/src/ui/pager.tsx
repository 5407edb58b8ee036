import { useWords } from "./words.ts";

interface PagerProps {
  readonly page: number;
  readonly size: number;
  readonly total: number;
  readonly onPage: (page: number) => void;
}

/** Previous and next of a list that the server pages; nothing where there is one page. */
export function Pager({ page, size, total, onPage }: PagerProps) {
  const words = useWords();
  const pages = Math.max(1, Math.ceil(total / size));
  if (pages === 1) return null;
  return (
    <nav className="pager" aria-label={words("list.page", { page, pages })}>
      <button type="button" className="button quiet small" disabled={page <= 1} onClick={() => onPage(page - 1)}>
        {words("list.previous")}
      </button>
      <span>{words("list.page", { page, pages })}</span>
      <button type="button" className="button quiet small" disabled={page >= pages} onClick={() => onPage(page + 1)}>
        {words("list.next")}
      </button>
    </nav>
  );
}
