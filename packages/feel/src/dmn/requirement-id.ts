/** The id of a requirement on writing, by which the edges of the diagram name it. */
export function requirementId(owner: string, index: number, kind: "information" | "knowledge" | "authority"): string {
  return `${kind}-${owner}-${index + 1}`;
}
