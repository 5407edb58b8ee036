import type { Words } from "../model/words.ts";

export type SqlRefusalCode = "SQL-LOOP-IN-LOOP" | "SQL-CALENDAR-OF-TWO" | "SQL-INTERACTS";

/** Why an item is not written as SQL: it is decided row by row instead. */
export const sqlRefusals: Readonly<Record<SqlRefusalCode, Words>> = {
  "SQL-LOOP-IN-LOOP": {
    zh: "成员汇总中又有成员汇总，且同时比较三个人",
    en: "Members are aggregated inside of members, and three persons are compared at once",
  },
  "SQL-CALENDAR-OF-TWO": {
    zh: "月份的推算同时取决于两个人",
    en: "Arithmetic with months depends on two persons at once",
  },
  "SQL-INTERACTS": {
    zh: "与另一项不能写成 SQL 的服务相互影响",
    en: "It touches another item that is not written as SQL",
  },
};

export class SqlRefusal extends Error {
  override readonly name = "SqlRefusal";
  readonly code: SqlRefusalCode;

  constructor(code: SqlRefusalCode) {
    super(`${code}: ${sqlRefusals[code].en}`);
    this.code = code;
  }
}
