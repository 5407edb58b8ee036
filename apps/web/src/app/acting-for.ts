/** Whom the one who is signed in acts for in this tab, by which authorisation. */
export interface ActingFor {
  readonly id: string;
  readonly name: string;
}

const key = "qingdan.acting-for";

export function actingFor(): ActingFor | undefined {
  const kept = sessionStorage.getItem(key);
  return kept === null ? undefined : (JSON.parse(kept) as ActingFor);
}

/** Begins to act for somebody, or ends it; every page is then read anew. */
export function actFor(whom: ActingFor | undefined): void {
  if (whom) sessionStorage.setItem(key, JSON.stringify({ id: whom.id, name: whom.name }));
  else sessionStorage.removeItem(key);
}
