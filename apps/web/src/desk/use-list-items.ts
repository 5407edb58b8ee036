import { useQuery } from "@tanstack/react-query";
import { api } from "../app/api.ts";

/** The list that the newest run applied, and its items: what is done at the window. */
export function useListItems() {
  const runs = useQuery({ queryKey: ["runs"], queryFn: api.runs });
  const list = runs.data?.runs[0]?.list.code ?? "";
  const items = useQuery({
    queryKey: ["window", "items", list],
    queryFn: () => api.items(list, { size: 200 }),
    enabled: list !== "",
  });
  return { list, items };
}
