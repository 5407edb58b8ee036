/** Names known where an expression stands; the value gives the names inside (of a context, or of a list's items). */
export interface NameTree {
  readonly [name: string]: NameTree | null;
}

export type Names = readonly string[] | NameTree;

/** The key under which two spellings of one name meet: `a - b` and `a-b`, `first  name` and `first name`. */
export function nameKey(name: string): string {
  return name
    .trim()
    .replace(/\s+/gu, " ")
    .replace(/ ?([./\-'+*]) ?/gu, "$1");
}

export function nameTree(names: Names): NameTree {
  return Array.isArray(names) ? Object.fromEntries(names.map((name) => [name, null])) : (names as NameTree);
}

/** From the key of every name in the tree to its spelling; the outermost spelling wins. */
export function spellings(tree: NameTree): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let level: NameTree[] = [tree];
  const seen = new Set<NameTree>(level);
  while (level.length > 0) {
    const next: NameTree[] = [];
    for (const names of level) {
      for (const [name, inner] of Object.entries(names)) {
        const key = nameKey(name);
        if (!found.has(key)) found.set(key, name);
        if (inner !== null && !seen.has(inner)) {
          seen.add(inner);
          next.push(inner);
        }
      }
    }
    level = next;
  }
  return found;
}
