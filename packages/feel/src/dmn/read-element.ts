import type { ModdleElement } from "dmn-moddle";

/** `{ [key]: value }`, or nothing when the value is absent, so that absent members stay absent. */
export function optional<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]?: Value });
}

/** `{ [key]: value }` for `then`, a word of decision tables that linters take for a promise. */
export function member<Key extends string, Value>(key: Key, value: Value): { [K in Key]: Value } {
  return { [key]: value } as { [K in Key]: Value };
}

export function text(element: ModdleElement, property: string): string | undefined {
  const value = element.get(property);
  return value === undefined || value === null ? undefined : String(value);
}

export function flag(element: ModdleElement, property: string): boolean {
  const value = element.get(property);
  return value === true || value === "true" || value === "1";
}

export function child(element: ModdleElement, property: string): ModdleElement | undefined {
  return element.get(property) as ModdleElement | undefined;
}

export function children(element: ModdleElement, property: string): readonly ModdleElement[] {
  return (element.get(property) as readonly ModdleElement[] | undefined) ?? [];
}

/** The text of a child that holds one, as unary tests and literal expressions do; undefined where the child is absent. */
export function textOf(element: ModdleElement, property: string): string | undefined {
  const holder = child(element, property);
  return holder === undefined ? undefined : (text(holder, "text") ?? "").trim();
}

/** The name with its white space as FEEL reads it: one space between parts (§10.3.1.2). */
export function name(element: ModdleElement): string {
  return (text(element, "name") ?? "").trim().replace(/\s+/g, " ");
}
