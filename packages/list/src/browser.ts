/** What a page needs to look things up: nothing here brings the YAML reader, the schemas or the search along. */
export { areaChain } from "./area-chain.ts";
export { itemsInForce } from "./items-in-force.ts";
export { lookupParameter, type NoValue, type ParameterAnswer, type ParameterQuery } from "./lookup-parameter.ts";
export type * from "./rulebook.ts";
export { type Payment, type PaymentShare, splitPayment } from "./split-payment.ts";
export { unitName } from "./unit-name.ts";
