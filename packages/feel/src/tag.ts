/** Marks FEEL's own values, so that no context of a user can be mistaken for one. */
export const tag: unique symbol = Symbol("FEEL");
