import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useWords } from "../ui/words.ts";

/** What has been read, or that it is being read, or that it failed and how to go on. What was read for the question before says so. */
export function Loaded<T>({
  query,
  children,
}: {
  readonly query: UseQueryResult<T>;
  readonly children: (data: T) => ReactNode;
}) {
  const words = useWords();
  if (query.data !== undefined) {
    return (
      <>
        {query.isPlaceholderData && (
          <p role="status" className="renewing">
            {words("state.loading")}
          </p>
        )}
        {children(query.data)}
      </>
    );
  }
  if (query.isError) {
    return (
      <div role="alert">
        <p>{words("state.failed")}</p>
        <p className="small">{query.error.message}</p>
        <button type="button" className="button" onClick={() => void query.refetch()}>
          {words("state.retry")}
        </button>
      </div>
    );
  }
  return <p role="status">{words("state.loading")}</p>;
}
