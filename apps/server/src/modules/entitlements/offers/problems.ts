/** Refusals of offers; docs/errors.md tells of them. */
export const offerProblems = {
  "OFFER-UNKNOWN": { status: 404, title: { zh: "没有这次免申即享", en: "No such campaign of offers" } },
  "OFFER-ITEM": {
    status: 409,
    title: { zh: "该事项不能免申即享", en: "The item cannot be granted without application" },
  },
  "OFFER-STATE": { status: 409, title: { zh: "目前不能放行", en: "It cannot be released now" } },
} as const satisfies Record<string, { status: number; title: { zh: string; en: string } }>;
