import { citizenIdBirth, citizenIdCheck, citizenIdForm, citizenIdSex } from "./citizen-id.ts";
import { factScale, type SnapshotFact } from "./fact-column.ts";
import { identifier, literal } from "./import-source.ts";
import type { QuarantineReason } from "./quarantine-reasons.ts";

/** SQL that yields the reason why the text of a column is wrong, or null. Absent text is an unknown fact and never wrong. */
export function factProblem(fact: SnapshotFact, date: string): string {
  const text = identifier(fact.name);
  const unless = (good: string, reason: QuarantineReason, then = "NULL") =>
    `CASE WHEN ${text} IS NULL THEN NULL WHEN NOT (${good}) THEN '${reason}' ELSE ${then} END`;
  switch (fact.type) {
    case "boolean":
      return unless(`lower(${text}) IN ('true', 'false', '1', '0')`, "type-wrong");
    case "enum":
      return unless(`${text} IN (${(fact.values ?? []).map(({ code }) => literal(code)).join(", ")})`, "enum-unknown");
    case "area":
      return unless(
        `${text} IN (SELECT code FROM areas)`,
        "area-unknown",
        `CASE WHEN ${text} IN (SELECT code FROM areas WHERE NOT in_force) THEN 'area-not-in-force' END`,
      );
    case "date":
      return unless(
        `regexp_full_match(${text}, '[0-9]{4}-[0-9]{2}-[0-9]{2}')`,
        "type-wrong",
        `CASE WHEN coalesce(TRY_CAST(${text} AS DATE) NOT BETWEEN DATE '1880-01-01' AND DATE ${literal(date)}, true) THEN 'date-impossible' END`,
      );
    default: {
      const digits = fact.type === "money" ? 2 : (fact.decimals ?? 0);
      const fraction = digits > 0 ? `(\\.[0-9]{1,${digits}})?` : "";
      const { min, max } = fact.range ?? { min: -9e15, max: 9e15 };
      return unless(
        `regexp_full_match(${text}, '-?[0-9]{1,12}${fraction}')`,
        "type-wrong",
        `CASE WHEN ${text}::DOUBLE NOT BETWEEN ${min} AND ${max} THEN 'number-out-of-range' END`,
      );
    }
  }
}

/** SQL that turns text which passed its check into the stored value. */
export function factValue(fact: SnapshotFact): string {
  const text = `p.${identifier(fact.name)}`;
  const name = identifier(fact.name);
  switch (fact.type) {
    case "boolean":
      return `(lower(${text}) IN ('true', '1')) AS ${name}`;
    case "enum":
      return `enum_code(${text}::ENUM (${(fact.values ?? []).map(({ code }) => literal(code)).join(", ")}))::UTINYINT AS ${name}`;
    case "area":
      return `enum_code(${text}::area_code)::USMALLINT AS ${name}`;
    case "date":
      return `${text}::DATE AS ${name}`;
    default:
      // At most twelve digits and four decimals: a floating number holds them exactly enough to round.
      return `round(${text}::DOUBLE * ${factScale(fact)})::BIGINT AS ${name}`;
  }
}

/** A check of one table: rows of `from` that satisfy `where` are quarantined, with the text of a column as the value. */
export interface RowCheck {
  readonly reason: QuarantineReason;
  readonly column: string;
  readonly from: string;
  readonly where: string;
}

const occursBefore = (table: string, key: string) => ({
  from: `(SELECT *, row_number() OVER (PARTITION BY ${key} ORDER BY source_row) AS occurrence FROM ${table} WHERE ${key} IS NOT NULL)`,
  where: "occurrence > 1",
});

export const personChecks: readonly RowCheck[] = [
  { reason: "person-missing", column: "person", from: "persons", where: "person IS NULL" },
  { reason: "household-missing", column: "household", from: "persons", where: "household IS NULL" },
  { reason: "person-duplicate", column: "person", ...occursBefore("persons", "person") },
  {
    reason: "household-unknown",
    column: "household",
    from: "persons",
    where: "household IS NOT NULL AND household NOT IN (SELECT household FROM households WHERE household IS NOT NULL)",
  },
];

export const householdChecks: readonly RowCheck[] = [
  { reason: "household-missing", column: "household", from: "households", where: "household IS NULL" },
  { reason: "household-duplicate", column: "household", ...occursBefore("households", "household") },
  {
    reason: "household-empty",
    column: "household",
    from: "households",
    where: "household IS NOT NULL AND household NOT IN (SELECT household FROM persons WHERE household IS NOT NULL)",
  },
];

/** Checks of the column citizenId of the persons, where there is one. */
export function citizenIdChecks(date: string): RowCheck[] {
  const form = citizenIdForm('"citizenId"');
  const birth = citizenIdBirth('"citizenId"');
  const possible = `coalesce(${birth} BETWEEN DATE '1880-01-01' AND DATE ${literal(date)}, false)`;
  const check = (reason: QuarantineReason, where: string): RowCheck => ({
    reason,
    column: "citizenId",
    from: "persons",
    where: `"citizenId" IS NOT NULL AND ${where}`,
  });
  return [
    check("citizen-id-form", `NOT ${form}`),
    check("citizen-id-check", `${form} AND NOT ${citizenIdCheck('"citizenId"')}`),
    check("citizen-id-date", `${form} AND NOT ${possible}`),
    check("citizen-id-birth-date", `${form} AND ${possible} AND TRY_CAST("birthDate" AS DATE) <> ${birth}`),
    check("citizen-id-sex", `${form} AND "sex" IN ('male', 'female') AND "sex" <> ${citizenIdSex('"citizenId"')}`),
    { reason: "citizen-id-duplicate", column: "citizenId", ...occursBefore("persons", '"citizenId"') },
  ];
}
