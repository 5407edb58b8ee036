import { randomInt } from "node:crypto";

/** Plain words, easy to type: 64 of them, six bits each. */
const words = (
  "apple bamboo basket bridge bronze candle carpet cedar cherry cloud copper cotton crane dragon drum feather field " +
  "flute forest garden ginger harbour honey island jasmine kettle ladder lake lantern lemon lotus maple marble melon " +
  "mirror monkey mountain needle orange orchid paper peach pebble pepper pine plum pocket porcelain rabbit rain river " +
  "saddle silver sparrow spring stone summer swallow thunder tiger valley velvet willow winter"
).split(" ");

/** A pass-phrase of so many words, drawn by the system's generator: six bits a word. */
export const drawPassPhrase = (count: number): string =>
  Array.from({ length: count }, () => words[randomInt(words.length)]!).join(" ");
