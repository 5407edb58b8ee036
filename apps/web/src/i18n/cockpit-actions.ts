/** Words of who acts by when, spread into those of the cockpit. */
export const zh = {
  record: "登记一项任务",
  what: "做什么",
  owner: "谁来做",
  dueDate: "什么时候前",
  save: "登记",
  saved: "已登记。",
  states: { open: "进行中", done: "已完成", dropped: "已撤销" },
  finish: "完成",
  drop: "撤销",
  reopen: "重新打开",
  noActions: "还没有任务。在待办或指标页登记。",
  actionsTitle: "谁在什么时候之前做什么",
};

export const en: typeof zh = {
  record: "Record an action",
  what: "What is to be done",
  owner: "Who acts",
  dueDate: "By when",
  save: "Record",
  saved: "Recorded.",
  states: { open: "open", done: "done", dropped: "dropped" },
  finish: "Done",
  drop: "Drop",
  reopen: "Open again",
  noActions: "No actions yet. Record one from the work list or an indicator.",
  actionsTitle: "Who acts, by when",
};
