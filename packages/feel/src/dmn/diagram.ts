import type { ModdleElement } from "dmn-moddle";
import type { DmnModel } from "./model.ts";
import { requirementId } from "./requirement-id.ts";
import type { Make } from "./write-boxed.ts";

/** Sizes in diagram units, as dmn-js draws them. */
const shape = { width: 180, height: 80 };
const gap = { x: 40, y: 70 };
const margin = 60;

interface Placed {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly element: ModdleElement;
}

/** A layered requirements diagram: what is required stands below what requires it (§6.2). */
export function diagramOf(make: Make, model: DmnModel): ModdleElement {
  const levels = levelsOf(model);
  const top = Math.max(0, ...levels.values());
  const columns = new Map<number, number>();
  const placed = new Map<string, Placed>();
  for (const [id, level] of levels) {
    const column = columns.get(level) ?? 0;
    columns.set(level, column + 1);
    const x = margin + column * (shape.width + gap.x);
    const y = margin + (top - level) * (shape.height + gap.y);
    const bounds = make("dc:Bounds", { x, y, ...shape });
    placed.set(id, { id, x, y, element: make("dmndi:DMNShape", { id: `shape-${id}`, dmnElementRef: { id }, bounds }) });
  }
  const diagram = make("dmndi:DMNDiagram", {
    id: "diagram",
    diagramElements: [...[...placed.values()].map((each) => each.element), ...edges(make, model, placed)],
  });
  return make("dmndi:DMNDI", { diagrams: [diagram] });
}

function required(model: DmnModel): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { id } of [...model.inputs, ...model.sources]) found.set(id, []);
  for (const { id, requires } of [...model.knowledge, ...model.decisions]) {
    found.set(id, [...requires.decisions, ...requires.inputs, ...requires.knowledge, ...requires.sources].map(localId));
  }
  return found;
}

function localId(href: string): string {
  return href.slice(href.indexOf("#") + 1);
}

/** How many steps of requirements each element stands above the lowest; a circle is cut where it closes. */
function levelsOf(model: DmnModel): Map<string, number> {
  const needs = required(model);
  const levels = new Map<string, number>();
  const visit = (id: string, path: ReadonlySet<string>): number => {
    const known = levels.get(id);
    if (known !== undefined) return known;
    if (path.has(id)) return 0;
    const below = (needs.get(id) ?? []).filter((each) => needs.has(each));
    const level = Math.max(0, ...below.map((each) => visit(each, new Set([...path, id])) + 1));
    levels.set(id, level);
    return level;
  };
  for (const id of needs.keys()) visit(id, new Set());
  return levels;
}

function edges(make: Make, model: DmnModel, placed: ReadonlyMap<string, Placed>): ModdleElement[] {
  const drawn: ModdleElement[] = [];
  const draw = (owner: string, hrefs: readonly string[], kind: "information" | "knowledge" | "authority") => {
    hrefs.forEach((href, index) => {
      const to = placed.get(owner);
      const from = placed.get(localId(href));
      if (to === undefined || from === undefined) return;
      const id = requirementId(owner, index, kind);
      const point = (x: number, y: number) => make("dc:Point", { x, y });
      drawn.push(
        make("dmndi:DMNEdge", {
          id: `edge-${id}`,
          dmnElementRef: { id },
          waypoint: [point(from.x + shape.width / 2, from.y), point(to.x + shape.width / 2, to.y + shape.height)],
        }),
      );
    });
  };
  for (const { id, requires } of [...model.decisions, ...model.knowledge]) {
    draw(id, [...requires.decisions, ...requires.inputs], "information");
    draw(id, requires.knowledge, "knowledge");
    draw(id, requires.sources, "authority");
  }
  return drawn;
}
