/** Refusals of the studio; docs/errors.md tells of them. */
export const listProblems = {
  "STUDIO-FILE-UNKNOWN": { status: 404, title: { zh: "清单里没有这个文件", en: "The list has no such file" } },
  "STUDIO-FILE-NAME": { status: 400, title: { zh: "清单里没有这种文件", en: "A list has no file of this name" } },
  "STUDIO-EDIT-REFUSED": { status: 422, title: { zh: "这处改动做不了", en: "The file does not allow this edit" } },
  "STUDIO-DRAFT-CONFLICT": { status: 409, title: { zh: "草稿已被别人改过", en: "The draft was changed elsewhere" } },
  "STUDIO-NOTHING-CHANGED": { status: 409, title: { zh: "没有改动", en: "Nothing is changed" } },
  "STUDIO-HEADER-FIXED": {
    status: 409,
    title: { zh: "清单的编码、辖区和上级不能改", en: "Code, area and parent of a list stay" },
  },
  "STUDIO-HAS-ERRORS": {
    status: 409,
    title: { zh: "有错误，不能发布", en: "The list has errors and cannot be published" },
  },
  "STUDIO-GOLDEN-DIFFERS": {
    status: 409,
    title: { zh: "有范例算得不一样，不能发布", en: "Golden cases come out otherwise; it cannot be published" },
  },
  "STUDIO-CHILD-BROKEN": {
    status: 409,
    title: {
      zh: "会使下级清单出错，不能发布",
      en: "A list that stands on it would have errors; it cannot be published",
    },
  },
  "STUDIO-BASE-MOVED": {
    status: 409,
    title: { zh: "所依据的版本已经变了", en: "The version it changes is no longer shown" },
  },
  "STUDIO-PROPOSAL-UNKNOWN": { status: 404, title: { zh: "没有这个提案", en: "No such proposal" } },
  "STUDIO-PROPOSAL-ENDED": { status: 409, title: { zh: "提案已经结束", en: "The proposal has ended" } },
  "STUDIO-VERSION-TAKEN": { status: 409, title: { zh: "版本号已经用过", en: "The version is taken" } },
  "STUDIO-VERSION-UNKNOWN": { status: 404, title: { zh: "没有这个版本", en: "No such version" } },
} as const;
