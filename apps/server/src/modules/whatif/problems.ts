/** Refusals of what-if; docs/errors.md tells of them. */
export const whatifProblems = {
  "WHATIF-NO-CITY": { status: 409, title: { zh: "还没有可用的人口", en: "There are no people to try it on" } },
  "WHATIF-CITY-TOO-LARGE": {
    status: 409,
    title: { zh: "人口太多，内存放不下", en: "The city is too large for memory" },
  },
  "WHATIF-REFORM-REFUSED": { status: 422, title: { zh: "方案有误", en: "The reform is not valid" } },
  "WHATIF-OTHER-GROUND": {
    status: 409,
    title: { zh: "地区或取值变了，要先重新测算", en: "Areas or values changed: a new run is needed first" },
  },
  "WHATIF-SAVED-UNKNOWN": { status: 404, title: { zh: "没有这个存下的方案", en: "No such saved what-if" } },
} as const;
