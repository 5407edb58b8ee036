/** Mean radius of the Earth in metres (IUGG). */
const earthRadius = 6_371_008.8;
const radians = Math.PI / 180;

/**
 * Metres between two points given in degrees, on a sphere flattened at their mean latitude: within 0.001 % of the great
 * circle over the few hundred metres between two vertices of a road.
 */
export function metresBetween(lon1: number, lat1: number, lon2: number, lat2: number): number {
  const x = (lon2 - lon1) * radians * Math.cos(((lat1 + lat2) / 2) * radians);
  const y = (lat2 - lat1) * radians;
  return Math.sqrt(x * x + y * y) * earthRadius;
}

/** A plane in metres around one latitude, in which the neighbourhood of a city can be measured. */
export interface Plane {
  readonly metresPerLon: number;
  readonly metresPerLat: number;
}

export function planeAt(lat: number): Plane {
  const metresPerLat = radians * earthRadius;
  return { metresPerLat, metresPerLon: metresPerLat * Math.cos(lat * radians) };
}

/** The plane around the middle latitude of some points. */
export function planeOf(lats: ArrayLike<number>): Plane {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < lats.length; i++) {
    const lat = lats[i]!;
    if (lat < low) low = lat;
    if (lat > high) high = lat;
  }
  return planeAt(low <= high ? (low + high) / 2 : 0);
}

/** A straight piece on a plane. */
export interface PlanePiece {
  readonly ax: number;
  readonly ay: number;
  readonly bx: number;
  readonly by: number;
}

/** Whether two pieces cross; to touch is not to cross. */
export function crosses(p: PlanePiece, q: PlanePiece): boolean {
  const side = (s: PlanePiece, x: number, y: number) => (s.bx - s.ax) * (y - s.ay) - (s.by - s.ay) * (x - s.ax);
  return side(p, q.ax, q.ay) * side(p, q.bx, q.by) < 0 && side(q, p.ax, p.ay) * side(q, p.bx, p.by) < 0;
}

/** Where on a segment the point nearest to (px, py) lies: its share of the segment from 0 to 1, and the square of the distance. */
export function nearestOnSegment(
  px: number,
  py: number,
  segment: PlanePiece,
): { readonly share: number; readonly squared: number } {
  const dx = segment.bx - segment.ax;
  const dy = segment.by - segment.ay;
  const long = dx * dx + dy * dy;
  const share = long === 0 ? 0 : Math.min(1, Math.max(0, ((px - segment.ax) * dx + (py - segment.ay) * dy) / long));
  const ex = px - segment.ax - share * dx;
  const ey = py - segment.ay - share * dy;
  return { share, squared: ex * ex + ey * ey };
}
