/** Refusals of the facilities module; docs/errors.md tells of them. */
export const facilityProblems = {
  "PLACES-MAP-MISSING": { status: 404, title: { zh: "还没有地图", en: "There is no map yet" } },
  "PLACES-MAP-FAULTY": { status: 409, title: { zh: "地图文件有误", en: "The map's files are faulty" } },
  "PLACES-STANDARD-UNKNOWN": { status: 404, title: { zh: "没有这个配置标准", en: "No such layout standard" } },
  "PLACES-LEVEL-UNKNOWN": { status: 404, title: { zh: "标准没有这个层级", en: "The standard has no such level" } },
  "PLACES-KIND-UNKNOWN": { status: 404, title: { zh: "没有这类设施", en: "No such kind of facility" } },
  "PLACES-PLACE-UNKNOWN": { status: 404, title: { zh: "没有这个地点", en: "No such place" } },
  "PLACES-AREA-UNKNOWN": { status: 404, title: { zh: "地图上没有这个区域", en: "The map has no such area" } },
  "PLACES-REGISTER-FAULTY": { status: 422, title: { zh: "名录文件不能读", en: "The register cannot be read" } },
  "PLACES-IMPORT-UNKNOWN": { status: 404, title: { zh: "没有这次导入", en: "No such import" } },
  "PLACES-EDIT-REFUSED": {
    status: 422,
    title: { zh: "方案中有做不到的改动", en: "An edit of the plan cannot be made" },
  },
  "PLACES-RUN-UNKNOWN": { status: 404, title: { zh: "没有这次运算", en: "No such run" } },
  "PLACES-RUN-NOT-ENDED": { status: 409, title: { zh: "运算还没有结束", en: "The run has not ended" } },
  "PLACES-RUNS-WAITING": { status: 429, title: { zh: "排队的运算太多", en: "Too many runs are waiting" } },
  "PLACES-MINUTES-GIVEN": {
    status: 422,
    title: {
      zh: "这个标准按给定的分钟判定，方案改不了",
      en: "The standard is judged by given minutes; a plan cannot change them",
    },
  },
  "PLACES-NOT-SITABLE": {
    status: 422,
    title: { zh: "这类设施不能按此标准选址", en: "The standard asks for no such facility" },
  },
} as const;
