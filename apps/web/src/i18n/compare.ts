/** Words of the comparison page. */
export const zh = {
  compare: {
    title: "比较",
  },
};

export const en: typeof zh = {
  compare: {
    title: "Compare",
  },
};
