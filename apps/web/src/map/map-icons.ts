/** Shapes by which the map tells facilities apart; colour says nothing more. */
export type Shape = "triangle" | "cross" | "diamond" | "circle" | "square" | "star";

const shapes: Readonly<Record<Shape, readonly string[]>> = {
  triangle: ["kindergarten", "nursery", "primary-school", "junior-school"],
  cross: ["health-centre", "health-station", "rehabilitation"],
  diamond: ["day-care", "care-home"],
  circle: ["sports-ground", "fitness-ground", "culture-centre", "culture-station", "library"],
  square: ["community-station", "street-service-centre", "one-stop-centre", "market", "bus-stop"],
  star: ["vacant-premises"],
};

export function shapeOf(kind: string): Shape {
  return (Object.keys(shapes) as Shape[]).find((shape) => shapes[shape].includes(kind)) ?? "square";
}

/** Outlines on a square of 24 by 24. */
export const outlines: Readonly<Record<Shape, string>> = {
  triangle: "M12 3 L21 20 L3 20 Z",
  cross: "M9 3 H15 V9 H21 V15 H15 V21 H9 V15 H3 V9 H9 Z",
  diamond: "M12 2 L22 12 L12 22 L2 12 Z",
  circle: "M12 3 A9 9 0 1 1 11.99 3 Z",
  square: "M4 4 H20 V20 H4 Z",
  star: "M12 2 L15 9 L22 9.5 L16.5 14 L18.5 21 L12 17 L5.5 21 L7.5 14 L2 9.5 L9 9 Z",
};

export type Look = "now" | "new" | "closed";

/** A shape as an image: filled for places of today, with a thick accent rim for new ones, hollow for those that a plan closes. */
export function drawShape(shape: Shape, look: Look): ImageData {
  const size = 40;
  const context = canvasOf(size);
  context.scale(size / 24, size / 24);
  const path = new Path2D(outlines[shape]);
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = look === "new" ? "#c2410c" : "#ffffff";
  context.stroke(path);
  context.fillStyle = look === "now" ? "#1c2024" : "#ffffff";
  context.fill(path);
  context.lineWidth = look === "now" ? 0.8 : 1.8;
  context.strokeStyle = look === "new" ? "#c2410c" : "#1c2024";
  context.stroke(path);
  return context.getImageData(0, 0, size, size);
}

/** Hatching for blocks that are not covered; crossed where nobody can tell. */
export function drawHatch(crossed: boolean): ImageData {
  const size = 16;
  const context = canvasOf(size);
  context.strokeStyle = "rgba(28, 32, 36, 0.75)";
  context.lineWidth = 1.6;
  for (const shift of [-size, 0, size]) {
    line(context, [shift, size], [shift + size, 0]);
    if (crossed) line(context, [shift, 0], [shift + size, size]);
  }
  return context.getImageData(0, 0, size, size);
}

function canvasOf(size: number): CanvasRenderingContext2D {
  const canvas = document.createElement("canvas");
  canvas.width = size;
  canvas.height = size;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser draws no canvas");
  return context;
}

function line(
  context: CanvasRenderingContext2D,
  [x, y]: readonly [number, number],
  [p, q]: readonly [number, number],
): void {
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(p, q);
  context.stroke();
}
