import type { Code, Frame } from "../compile/code.ts";
import { constant } from "../compile/literals.ts";
import type { Run } from "../run.ts";
import type { FeelValue } from "../values.ts";
import { type Known, ofValues, unknown } from "./known.ts";

/** A piece of a model's logic: its code, and what is known of its values ahead. */
export interface Piece {
  readonly code: Code;
  readonly known: Known;
  /** The place in the innermost frame of the variable that the piece is; -1 of any other. */
  readonly variable: number;
  /** Whether it gives the one known value always, and tells nothing. */
  readonly isConstant: boolean;
}

export function piece(code: Code, known: Known = unknown): Piece {
  return { code, known, variable: -1, isConstant: false };
}

export function constantPiece(value: FeelValue): Piece {
  return { code: constant(value), known: ofValues([value]), variable: -1, isConstant: true };
}

/** The value of a piece; a variable is read without calling its code. */
export function pieceValue({ variable, code }: Piece, frame: Frame | null, run: Run): FeelValue {
  return variable >= 0 ? ((frame as Frame).values[variable] as FeelValue) : code(frame, run);
}
