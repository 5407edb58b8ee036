export { FeelSyntaxError, type SyntaxErrorCode, type SyntaxErrorDetails, syntaxErrorMessage } from "./errors.ts";
export type { Names, NameTree } from "./names.ts";
export { type ParseOptions, parseExpression, parseUnaryTests } from "./parse.ts";
export type * from "./syntax.ts";
