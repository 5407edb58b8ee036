import { sql } from "kysely";

/**
 * What came back of a claim, as its journal says: `fen` in all, of which `withheld` by released batches, less what the bank's
 * returns undid. For `join lateral (…)`; `claim` is the column that holds the claim's case.
 */
export const repaidOf = (claim: string) => sql`
  select coalesce(sum((body ->> 'fen')::bigint * case when kind = 'undo-withholding' then -1 else 1 end), 0)::bigint as fen,
    coalesce(sum((body ->> 'fen')::bigint * case when kind = 'withhold' then 1 else -1 end)
      filter (where kind <> 'repay'), 0)::bigint as withheld
  from case_action where case_id = ${sql.ref(claim)} and kind in ('repay', 'withhold', 'undo-withholding')`;
