/** Room around a chart. */
export const grid = { left: 10, right: 30, top: 30, bottom: 10, containLabel: true };
/** What is measured. */
export const accent = "#14808a";
/** What it is held against: targets, averages, limits. */
export const mark = "#b4540a";
