export { append, appendAll, hexOf, jsonLine, type LineRow, lineColumns, lineRows, type NewLine } from "./append.ts";
export { type Appender, createAppender } from "./appender.ts";
export { type Log, openLog } from "./log.ts";
export { openLogKey, temporaryLogKey } from "./log-key.ts";
export { logRoutes } from "./routes.ts";
