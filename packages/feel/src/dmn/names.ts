import type { NameTree } from "../names.ts";
import type { Boxed } from "./model.ts";
import type { Types } from "./types.ts";

/** The names inside the value of a boxed expression, as far as its form tells; of a list, those of its items. */
export function namesOfBoxed(boxed: Boxed | undefined, types: Types): NameTree | null {
  if (boxed === undefined) return null;
  const declared = types.names(boxed.typeRef);
  if (declared !== null) return declared;
  switch (boxed.kind) {
    case "context": {
      const result = boxed.entries.find((entry) => entry.variable === undefined);
      if (result !== undefined) return namesOfBoxed(result.value, types);
      return Object.fromEntries(
        boxed.entries.map(({ variable, value }) => [
          variable?.name ?? "",
          types.names(variable?.typeRef) ?? namesOfBoxed(value, types),
        ]),
      );
    }
    case "relation":
      return Object.fromEntries(boxed.columns.map(({ name, typeRef }) => [name, types.names(typeRef)]));
    case "table":
      return boxed.outputs.length > 1
        ? Object.fromEntries(boxed.outputs.map(({ name, typeRef }) => [name ?? "", types.names(typeRef)]))
        : null;
    case "list":
      return Object.assign({}, ...boxed.items.map((item) => namesOfBoxed(item, types) ?? {})) as NameTree;
    case "conditional":
      return { ...namesOfBoxed(boxed.yes, types), ...namesOfBoxed(boxed.no, types) };
    case "filter":
      return namesOfBoxed(boxed.in, types);
    case "for":
      return namesOfBoxed(boxed.body, types);
    default:
      return null;
  }
}
