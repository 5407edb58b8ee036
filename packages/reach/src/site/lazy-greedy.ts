import FlatQueue from "flatqueue";

/**
 * Places 0 to `count` (not included), each taken because it adds most to what is taken already, until it is enough. What a place adds
 * only falls as others are taken, so one is looked at again only where its last known gain could still be the most (Minoux,
 * "Accelerated greedy algorithms for maximizing submodular set functions", 1978). The queue decides between equals.
 */
export function lazyGreedy(
  count: number,
  gain: (place: number) => number,
  take: (place: number) => void,
  enough: (taken: number) => boolean,
): number[] {
  const queue = new FlatQueue<number>();
  for (let place = 0; place < count; place++) queue.push(place, -gain(place));
  const taken: number[] = [];
  while (!enough(taken.length)) {
    const place = queue.pop();
    if (place === undefined) throw new Error(`All ${count} places are not enough`);
    const now = -gain(place);
    if (queue.length > 0 && now > queue.peekValue()!) queue.push(place, now);
    else {
      take(place);
      taken.push(place);
    }
  }
  return taken;
}
