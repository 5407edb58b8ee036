/**
 * Points put onto a route graph: on a chain, at some metres from its start, reached over a straight connector. `chain` is -1
 * for a point that was not put anywhere; the snapping report says why.
 */
export interface Places {
  readonly count: number;
  readonly chain: Int32Array;
  readonly offset: Float64Array;
  readonly connector: Float64Array;
}
