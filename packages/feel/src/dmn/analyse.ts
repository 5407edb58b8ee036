import { type Cell, type Constants, type Family, readCell } from "./analyse-cells.ts";
import { type Axis, axisOf, familiesOf, familyOfType } from "./analyse-grid.ts";
import { type Box, type Budget, everything, type Grid, intersection, overlappingPairs, uncovered } from "./sweep.ts";
import type { DecisionTable } from "./table.ts";

export type FindingKind = "gap" | "overlap" | "unreachable" | "duplicate" | "not-analysed";

/** What is wrong, or worth a look, in a decision table. Codes are `table-` and the kind. */
export interface Finding {
  readonly code: `table-${FindingKind}`;
  readonly severity: "error" | "warning";
  /** Numbered from 1. Of a gap: none. Of an unreachable row: the row, then the rows that hide it. */
  readonly rows: readonly number[];
  /** An input that shows it: a FEEL literal for each input column. Empty where nothing could be analysed. */
  readonly example: readonly string[];
  /** All inputs that show it, as unary tests for each input column. */
  readonly where: readonly string[];
  readonly message: { readonly zh: string; readonly en: string };
}

export interface Analysis {
  readonly findings: readonly Finding[];
  /** False when a limit was reached: there may be more of the kinds named in `cut`. */
  readonly complete: boolean;
  readonly cut: readonly FindingKind[];
}

export interface AnalysisOptions {
  /** Names with known values that cells may use, as FEEL literals. */
  readonly constants?: Constants;
  /** Most findings told of each kind; 100 unless told. */
  readonly most?: number;
}

/** Meetings of a box and a row looked at before the search for gaps, or for unreachable rows, gives up and says so. */
const maxSteps = 1_000_000;

/**
 * Finds gaps, overlaps, unreachable and duplicate rows of a decision table, minding its hit policy: an overlap is an error for
 * UNIQUE, for ANY only where outputs differ, and wanted elsewhere; COLLECT has neither gaps nor overlaps. Rows with cells that
 * are not sets of constants are left out and reported; a gap that such a row might fill is a warning.
 */
export function analyseTable(table: DecisionTable, options: AnalysisOptions = {}): Analysis {
  const most = options.most ?? 100;
  const layout = layOut(table, options.constants ?? {});
  const cut = new Set<FindingKind>();
  const context: Context = { table, layout, most, cut, budget: { steps: maxSteps } };
  const findings = [
    ...layout.findings,
    ...(layout.axes === undefined
      ? []
      : [...gaps(context), ...(table.hitPolicy === "COLLECT" ? [] : pairs(context)), ...unreachable(context)]),
  ];
  return { findings, complete: cut.size === 0, cut: [...cut] };
}

interface Context {
  readonly table: DecisionTable;
  readonly layout: Layout;
  readonly most: number;
  readonly cut: Set<FindingKind>;
  /** For the search of unreachable rows, all of them together. */
  readonly budget: Budget;
}

interface Layout {
  readonly findings: readonly Finding[];
  /** Undefined when a whole column cannot be analysed. */
  readonly axes?: readonly Axis[];
  readonly grid: Grid;
  /** For each row of the grid, its index in the table. */
  readonly rowOf: readonly number[];
  /** Rows left out: boxes that hold everything where a cell is opaque. */
  readonly vague: readonly Box[];
}

function layOut(table: DecisionTable, constants: Constants): Layout {
  const cells = table.rules.map((rule) =>
    table.inputs.map((_, column) => readCell(rule.when[column] ?? "-", constants)),
  );
  const findings: Finding[] = [];
  const axes = table.inputs.map((input, column) => {
    const allowed = readCell(input.allowedValues ?? "-", constants);
    const ofColumn = cells.map((row) => row[column] as Cell);
    const family = familyOf(input.type, [...ofColumn, allowed]);
    ofColumn.forEach((cell, row) => {
      const reason = opaqueReason(cell, family);
      if (reason === undefined) return;
      (cells[row] as Cell[])[column] = { kind: "opaque", reason };
      findings.push(notAnalysed([row], column, reason));
    });
    const reason = opaqueReason(allowed, family);
    if (reason !== undefined) findings.push(notAnalysed([], column, reason));
    const usable = cells.map((row) => row[column] as Cell).filter((cell) => cell.kind !== "opaque");
    return axisOf(family, usable, allowed.kind === "opaque" || reason !== undefined ? { kind: "any" } : allowed);
  });
  const boxOf = (row: readonly Cell[]): Box =>
    row.map((cell, column) => (axes[column] as Axis).rangesOf(cell.kind === "opaque" ? { kind: "any" } : cell));
  const clear = cells.flatMap((row, index) => (row.some((cell) => cell.kind === "opaque") ? [] : [index]));
  const vague = cells.filter((row) => row.some((cell) => cell.kind === "opaque")).map(boxOf);
  const rows = clear.map((index) => withinDomain(axes, boxOf(cells[index] as Cell[])));
  return { findings, axes, grid: { atoms: axes.map((axis) => axis.atoms), rows }, rowOf: clear, vague };
}

function withinDomain(axes: readonly Axis[], box: Box): Box {
  return box.map((ranges, column) => {
    const domain = (axes[column] as Axis).domain;
    return intersection([ranges], [domain])?.[0] ?? [];
  });
}

function familyOf(type: string | undefined, cells: readonly Cell[]): Family {
  const declared = familyOfType(type);
  if (declared !== undefined) return declared;
  for (const cell of cells) for (const family of familiesOf(cell)) return family;
  return "string";
}

function opaqueReason(cell: Cell, family: Family): string | undefined {
  if (cell.kind === "opaque") return cell.reason;
  const other = [...familiesOf(cell)].find((each) => each !== family);
  return other === undefined ? undefined : `${other} among values of ${family}`;
}

function notAnalysed(rows: readonly number[], column: number, reason: string): Finding {
  const [row] = rows;
  const zh = row === undefined ? `第 ${column + 1} 列的取值范围` : `第 ${row + 1} 行第 ${column + 1} 列`;
  const en = row === undefined ? `The allowed values of column ${column + 1}` : `Row ${row + 1}, column ${column + 1}`;
  return {
    code: "table-not-analysed",
    severity: "warning",
    rows: rows.map((index) => index + 1),
    example: [],
    where: [],
    message: { zh: `${zh}无法分析：${reason}`, en: `${en} cannot be analysed: ${reason}` },
  };
}

function domainOf(context: Context): Box {
  return (context.layout.axes as readonly Axis[]).map((axis) => axis.domain);
}

function shown(context: Context, box: Box): { example: string[]; where: string[] } {
  const axes = context.layout.axes as readonly Axis[];
  const full = everything(context.layout.grid);
  return {
    example: box.map((ranges, column) => (axes[column] as Axis).sample(ranges[0]?.[0] ?? 0)),
    where: box.map((ranges, column) =>
      sameRanges(ranges, full[column] ?? []) ? "-" : (axes[column] as Axis).describe(ranges),
    ),
  };
}

function sameRanges(a: Box[number], b: Box[number]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function told(context: Context, box: Box): string {
  const { example } = shown(context, box);
  return context.table.inputs.map((input, column) => `${input.expression} = ${example[column]}`).join(", ");
}

/** Inputs that no row answers. A default for each output answers them; collecting nothing is an answer too. */
function gaps(context: Context): Finding[] {
  const { table, layout } = context;
  if (table.hitPolicy === "COLLECT") return [];
  if (table.outputs.length > 0 && table.outputs.every((output) => output.default !== undefined)) return [];
  const rows = layout.grid.rows.map((_, index) => index);
  const result = uncovered(layout.grid, domainOf(context), rows, context.most, { steps: maxSteps });
  if (!result.complete) context.cut.add("gap");
  return result.boxes.map((box) => {
    const doubtful = layout.vague.some((row) => intersection(row, box) !== undefined);
    return {
      code: "table-gap",
      severity: doubtful ? "warning" : "error",
      rows: [],
      ...shown(context, box),
      message: {
        zh: `没有规则覆盖：${told(context, box)}${doubtful ? "（可能由无法分析的行覆盖）" : ""}`,
        en: `No row covers ${told(context, box)}${doubtful ? " (unless a row that cannot be analysed does)" : ""}`,
      },
    };
  });
}

/** Rows that share an input, and rows that are alike. */
function pairs(context: Context): Finding[] {
  const { table, layout, most, cut } = context;
  const duplicates: Finding[] = [];
  const overlaps: Finding[] = [];
  const keys = layout.grid.rows.map((box) => JSON.stringify(box));
  for (const [first, second] of overlappingPairs(layout.grid)) {
    const alike = keys[first] === keys[second];
    const numbers = [layout.rowOf[first] as number, layout.rowOf[second] as number];
    if (!alike && !conflicts(table, numbers)) continue;
    const list = alike ? duplicates : overlaps;
    if (list.length === most) {
      cut.add(alike ? "duplicate" : "overlap");
      continue;
    }
    const shared = intersection(layout.grid.rows[first] as Box, layout.grid.rows[second] as Box) as Box;
    list.push(alike ? duplicate(context, numbers, shared) : overlap(context, numbers, shared));
  }
  return [...overlaps, ...duplicates];
}

/** Whether two rows may not match together. */
function conflicts(table: DecisionTable, numbers: readonly number[]): boolean {
  return table.hitPolicy === "UNIQUE" || (table.hitPolicy === "ANY" && !sameOutputs(table, numbers));
}

function sameOutputs(table: DecisionTable, [first, second]: readonly number[]): boolean {
  const outputs = (row: number | undefined) => table.rules[row ?? 0]?.then.map((text) => text.trim()).join("\u0000");
  return outputs(first) === outputs(second);
}

function overlap(context: Context, numbers: readonly number[], shared: Box): Finding {
  const [a, b] = numbers.map((row) => row + 1);
  return {
    code: "table-overlap",
    severity: "error",
    rows: [a as number, b as number],
    ...shown(context, shared),
    message: {
      zh: `第 ${a} 行与第 ${b} 行同时命中：${told(context, shared)}`,
      en: `Rows ${a} and ${b} both match ${told(context, shared)}`,
    },
  };
}

function duplicate(context: Context, numbers: readonly number[], shared: Box): Finding {
  const [a, b] = numbers.map((row) => row + 1);
  const harmless = context.table.hitPolicy !== "UNIQUE" && sameOutputs(context.table, numbers);
  return {
    code: "table-duplicate",
    severity: harmless ? "warning" : "error",
    rows: [a as number, b as number],
    ...shown(context, shared),
    message: {
      zh: `第 ${b} 行与第 ${a} 行条件相同${harmless ? "" : "，结果却不同或不可并存"}`,
      en: `Row ${b} has the conditions of row ${a}${harmless ? "" : ", and their results cannot both hold"}`,
    },
  };
}

/** Rows that never decide: earlier rows (FIRST) or rows of higher priority (PRIORITY) take all their inputs. */
function unreachable(context: Context): Finding[] {
  const { table, layout } = context;
  const ranks = table.hitPolicy === "PRIORITY" ? priorities(table) : undefined;
  const found: Finding[] = [];
  layout.grid.rows.forEach((box, index) => {
    const row = layout.rowOf[index] as number;
    const impossible = box.some((ranges) => ranges.length === 0);
    const hiding = impossible ? [] : hidingRows(context, index, ranks);
    if (!impossible && (hiding.length === 0 || !covered(context, box, hiding))) return;
    if (found.length >= context.most) {
      context.cut.add("unreachable");
      return;
    }
    found.push(unreachableFinding(context, row, box, reduced(context, box, hiding)));
  });
  return found;
}

function hidingRows(context: Context, index: number, ranks: readonly number[][] | undefined): number[] {
  const { table, layout } = context;
  if (table.hitPolicy !== "FIRST" && ranks === undefined) return [];
  const own = layout.rowOf[index] as number;
  return layout.rowOf.flatMap((row, other) => {
    if (other === index || intersection(layout.grid.rows[other] as Box, layout.grid.rows[index] as Box) === undefined) {
      return [];
    }
    const order = ranks === undefined ? 0 : compareRanks(ranks[row] ?? [], ranks[own] ?? []);
    return order < 0 || (order === 0 && row < own) ? [other] : [];
  });
}

function covered(context: Context, box: Box, rows: readonly number[]): boolean {
  const result = uncovered(context.layout.grid, box, rows, 1, context.budget);
  if (!result.complete && result.boxes.length === 0) context.cut.add("unreachable");
  return result.complete && result.boxes.length === 0;
}

/** The rows that are needed to hide it, where there are few enough to try leaving each out. */
function reduced(context: Context, box: Box, hiding: readonly number[]): number[] {
  const alone = hiding.find((row) => covered(context, box, [row]));
  if (alone !== undefined) return [alone];
  if (hiding.length > 32) return [...hiding];
  return hiding.reduce(
    (kept, row) => {
      const rest = kept.filter((each) => each !== row);
      return covered(context, box, rest) ? rest : kept;
    },
    [...hiding],
  );
}

function unreachableFinding(context: Context, row: number, box: Box, hiding: readonly number[]): Finding {
  const by = hiding.map((index) => (context.layout.rowOf[index] as number) + 1);
  const impossible = by.length === 0;
  const inside = impossible ? { example: [], where: [] } : shown(context, box);
  return {
    code: "table-unreachable",
    severity: "error",
    rows: [row + 1, ...by],
    ...inside,
    message: impossible
      ? {
          zh: `第 ${row + 1} 行永不命中：条件没有可取的值`,
          en: `Row ${row + 1} never matches: no value meets its conditions`,
        }
      : {
          zh: `第 ${row + 1} 行不起作用：已被第 ${by.join("、")} 行覆盖，例如 ${told(context, box)}`,
          en: `Row ${row + 1} never decides: rows ${by.join(", ")} take all its inputs, such as ${told(context, box)}`,
        },
  };
}

/** For each row the places of its outputs in the columns' allowed values, which PRIORITY goes by (§8.2.11). */
function priorities(table: DecisionTable): number[][] {
  const orders = table.outputs.map((output) => splitTexts(output.allowedValues ?? ""));
  return table.rules.map((rule) =>
    rule.then.map((text, column) => {
      const place = orders[column]?.indexOf(text.trim()) ?? -1;
      return place < 0 ? Number.POSITIVE_INFINITY : place;
    }),
  );
}

function splitTexts(values: string): string[] {
  return (values.match(/"(?:[^"\\]|\\.)*"|[^,]+/gu) ?? []).map((text) => text.trim()).filter((text) => text !== "");
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  for (let column = 0; column < a.length; column += 1) {
    const left = a[column] as number;
    const right = b[column] as number;
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}
