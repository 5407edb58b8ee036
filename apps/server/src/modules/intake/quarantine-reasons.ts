import type { Words } from "./intake-error.ts";

/** Why a row is quarantined; the codes are stable. */
export const quarantineReasons = {
  "line-malformed": {
    zh: "这一行不合 CSV 格式（列数、引号或编码不对）",
    en: "The line is not proper CSV (number of columns, quotes or encoding)",
  },
  "person-missing": { zh: "没有人员编号", en: "There is no person identifier" },
  "person-duplicate": {
    zh: "人员编号重复；保留第一行",
    en: "The person identifier occurs before; the first row is kept",
  },
  "household-missing": { zh: "没有家庭编号", en: "There is no household identifier" },
  "household-unknown": { zh: "户表里没有这个家庭", en: "The households have no such household" },
  "household-duplicate": {
    zh: "家庭编号重复；保留第一行",
    en: "The household identifier occurs before; the first row is kept",
  },
  "household-empty": { zh: "家庭没有成员", en: "The household has no members" },
  "household-incomplete": {
    zh: "同户有行被隔离；缺一人的户会算错，整户暂不收",
    en: "Another row of the household is quarantined; a household without a member would be decided wrongly",
  },
  "type-wrong": { zh: "值的写法与类型不符", en: "The value is not of the fact's type" },
  "date-impossible": {
    zh: "日期不存在、在快照之后或早于 1880 年",
    en: "The date does not exist, lies after the snapshot or before 1880",
  },
  "number-out-of-range": { zh: "数值超出词典给定的范围", en: "The number is outside the range of the dictionary" },
  "enum-unknown": { zh: "词典没有这个取值", en: "The dictionary has no such value" },
  "area-unknown": { zh: "没有这个区划代码", en: "There is no such area code" },
  "area-not-in-force": { zh: "这个区划在快照日期不存在", en: "The area was not in force on the day of the snapshot" },
  "citizen-id-form": {
    zh: "身份号码应为 17 位数字加一位数字或大写 X",
    en: "A citizen identification number is 17 digits and a digit or capital X",
  },
  "citizen-id-check": {
    zh: "身份号码校验码不对（GB 11643）",
    en: "The check character of the citizen identification number is wrong (GB 11643)",
  },
  "citizen-id-date": {
    zh: "身份号码里的出生日期不存在或在快照之后",
    en: "The birth date in the citizen identification number does not exist or lies after the snapshot",
  },
  "citizen-id-duplicate": { zh: "身份号码与前面的人相同", en: "The citizen identification number occurs before" },
  "citizen-id-birth-date": {
    zh: "出生日期与身份号码不符",
    en: "The birth date differs from the citizen identification number",
  },
  "citizen-id-sex": { zh: "性别与身份号码不符", en: "The sex differs from the citizen identification number" },
  "receipt-person-unknown": {
    zh: "领取记录的人不在已收下的人员中",
    en: "The person of the receipt is not among the accepted persons",
  },
} as const satisfies Record<string, Words>;

export type QuarantineReason = keyof typeof quarantineReasons;
