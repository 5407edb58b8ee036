/** What the proposal would do to the city. */
export function ProposalEffect(_: { readonly proposal: string }) {
  return null;
}
