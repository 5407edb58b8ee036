import type { QueryClient } from "@tanstack/react-query";

/** What a deed answered is what stands now; a reading that was begun before the deed was done comes too late. */
export async function keepAnswer<T>(client: QueryClient, key: readonly string[], deed: Promise<T>): Promise<void> {
  const answer = await deed;
  await client.cancelQueries({ queryKey: key, exact: true });
  client.setQueryData(key, answer);
}
