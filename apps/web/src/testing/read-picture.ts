import type { Browser } from "playwright-core";

/** A spot of one colour in a picture: its middle in pixels from the left and the top, and how many pixels it has. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** What can be told of a picture without comparing it with another. */
export interface Picture {
  /** Spots of about this colour that are at least so many pixels thick each way; the topmost first. */
  spots(colour: Colour, thickness: number): readonly Spot[];
  /** Lightness from 0 (black) to 1 at a place. */
  lightness(x: number, y: number): number;
}

export type Colour = readonly [red: number, green: number, blue: number];

/** Reads a screenshot (PNG), in a page of its own. */
export async function readPicture(browser: Browser, png: Buffer): Promise<Picture> {
  const page = await browser.newPage();
  const { width, height, rgba } = await page.evaluate(
    async (source) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height);
      const drawing = canvas.getContext("2d")!;
      drawing.drawImage(image, 0, 0);
      const { data } = drawing.getImageData(0, 0, image.width, image.height);
      return { width: image.width, height: image.height, rgba: Array.from(data) };
    },
    `data:image/png;base64,${png.toString("base64")}`,
  );
  await page.close();
  const channel = (x: number, y: number, c: number) => rgba[(y * width + x) * 4 + c]!;
  return {
    spots: (colour, thickness) =>
      spotsOf(
        { width, height },
        (x, y) => colour.every((wanted, c) => Math.abs(channel(x, y, c) - wanted) < TOLERANCE),
        thickness,
      ),
    lightness: (x, y) => {
      const at = (c: number) => channel(Math.round(x), Math.round(y), c) / 255;
      return 0.2126 * at(0) + 0.7152 * at(1) + 0.0722 * at(2);
    },
  };
}

/** A drawn colour is mixed with what lies below it. */
const TOLERANCE = 60;

function spotsOf(
  { width, height }: { readonly width: number; readonly height: number },
  isIt: (x: number, y: number) => boolean,
  thickness: number,
): Spot[] {
  const reach = Math.floor(thickness / 2);
  const around = Array.from({ length: 2 * reach + 1 }, (_, i) => i - reach);
  const inside = (x: number, y: number) => x >= reach && y >= reach && x < width - reach && y < height - reach;
  // Only what is thick both ways stays: lines of the same colour fall out.
  const kept = new Set<number>();
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (inside(x, y) && around.every((d) => isIt(x + d, y) && isIt(x, y + d))) kept.add(y * width + x);
    }
  }
  const spots: Spot[] = [];
  for (const start of kept) {
    const found: number[] = [];
    const open = [start];
    kept.delete(start);
    while (open.length > 0) {
      const at = open.pop()!;
      found.push(at);
      for (const next of [at - 1, at + 1, at - width, at + width]) if (kept.delete(next)) open.push(next);
    }
    const mean = (pick: (at: number) => number) => found.reduce((sum, at) => sum + pick(at), 0) / found.length;
    spots.push({ x: mean((at) => at % width), y: mean((at) => Math.floor(at / width)), size: found.length });
  }
  return spots.toSorted((a, b) => a.y - b.y);
}
