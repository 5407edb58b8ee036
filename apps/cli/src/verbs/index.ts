import type { Verb } from "../verb.ts";
import type { Words } from "../words.ts";

interface VerbEntry {
  readonly summary: Words;
  readonly example: string;
  readonly load: () => Promise<Verb>;
}

/** Every verb; what it needs is loaded when it is called. */
export const verbs: Readonly<Record<string, VerbEntry>> = {
  start: {
    summary: {
      zh: "一步启动：生成示范城市、编译清单、测算、打开网页",
      en: "Everything at once: make the demo city, compile the list, run it, serve the pages",
    },
    example: "QINGDAN_PEOPLE=50000 qingdan start",
    load: async () => (await import("./start.ts")).start,
  },
  serve: {
    summary: { zh: "启动网页与接口服务，不做测算", en: "Serve the pages and the API without running anything" },
    example: "QINGDAN_PORT=8080 qingdan serve",
    load: async () => (await import("./serve.ts")).serve,
  },
  demo: {
    summary: { zh: "生成示范城市清平市的虚构人口", en: "Make the synthetic people of the demo city Qingping" },
    example: "qingdan demo --people 100000 --seed 1 --out data/qingping",
    load: async () => (await import("./demo.ts")).demo,
  },
  import: {
    summary: {
      zh: "导入人口数据：每一行或接收，或注明理由隔离",
      en: "Import people: every row is accepted, or quarantined with its reason",
    },
    example: "qingdan import register/ --list lists/cn-31 --out data/people",
    load: async () => (await import("./import.ts")).importVerb,
  },
  "list check": {
    summary: { zh: "检查清单，列出全部问题", en: "Check a list and tell everything that is wrong" },
    example: "qingdan list check lists/cn-31 --date 2026-08-01",
    load: async () => (await import("./list-check.ts")).listCheck,
  },
  "list show": {
    summary: { zh: "显示清单，或其中一项", en: "Show a list, or one item of it" },
    example: "qingdan list show lists/cn-31 cn-31.subsistence-allowance",
    load: async () => (await import("./list-show.ts")).listShow,
  },
  "list compare": {
    summary: {
      zh: "并排比较两份清单（两个版本或两个地区），并可算到人",
      en: "Compare two lists side by side, versions or areas, and on people where asked",
    },
    example: "qingdan list compare lists/cn-31 lists/cn-3301 --date 2025-03-01",
    load: async () => (await import("./list-compare.ts")).listCompare,
  },
  "list search": {
    summary: { zh: "按汉字、拼音或繁体查找项目", en: "Find items by characters, pinyin or traditional script" },
    example: "qingdan list search lists/cn-31 dibao",
    load: async () => (await import("./list-search.ts")).listSearch,
  },
  "list table": {
    summary: {
      zh: "把项目的决策表写成 DMN，或读回改过的 DMN",
      en: "Write an item's decision table as DMN, or read it back from a DMN file",
    },
    example: "qingdan list table lists/cn-31 cn-31.elderly-care-service-subsidy > subsidy.dmn",
    load: async () => (await import("./list-table.ts")).listTable,
  },
  run: {
    summary: {
      zh: "按清单测算全部人口：谁应享、谁漏享、谁出钱",
      en: "Run a list over people: who is owed what, who is missed, who pays",
    },
    example: "qingdan run --list cities/qingping/list --people data/qingping --date 2024-07-01",
    load: async () => (await import("./run.ts")).run,
  },
  simulate: {
    summary: {
      zh: "模拟改革：改参数、规则或日期，谁受益、谁受损、谁出钱",
      en: "Try reforms on people: who gains, who loses and who pays when a parameter, a rule or the day changes",
    },
    example:
      "qingdan simulate --list cities/qingping/list --people data/qingping --date 2024-07-01 --reform docs/examples/higher-line.json",
    load: async () => (await import("./simulate.ts")).simulateVerb,
  },
  replay: {
    summary: {
      zh: "记下一个决定的全部依据，或把过去的决定重算一遍",
      en: "Put down all that a decision was made from, or decide a past one again",
    },
    example:
      "qingdan replay --list lists/cn-31 --facts docs/examples/older-couple.json --item cn-31.senior-comprehensive-allowance --date 2025-06-01 --out record.json",
    load: async () => (await import("./replay.ts")).replayVerb,
  },
  screen: {
    summary: { zh: "一个人或一户能享受什么", en: "What one person or household is entitled to" },
    example: "qingdan screen --list lists/cn-31 --facts me.json --date 2024-07-01",
    load: async () => (await import("./screen.ts")).screenVerb,
  },
  explain: {
    summary: { zh: "一项待遇为什么是这个结果", en: "Why the answer on one item is as it is" },
    example: "qingdan explain --list lists/cn-31 --facts me.json --item cn-31.subsistence-allowance --date 2024-07-01",
    load: async () => (await import("./explain.ts")).explainVerb,
  },
  "proof verify": {
    summary: {
      zh: "核验证明文件：这一条在不在公开日志里",
      en: "Check a proof file: whether its line is in the public log",
    },
    example: "qingdan proof verify qingdan-proof-7.json",
    load: async () => (await import("./proof-verify.ts")).proofVerify,
  },
  feel: {
    summary: { zh: "求一个 FEEL 表达式的值", en: "Evaluate a FEEL expression" },
    example: `qingdan feel 'income / members < line' --context '{"income": 3200, "members": 2, "line": 1595}'`,
    load: async () => (await import("./feel.ts")).feel,
  },
  dmn: {
    summary: { zh: "求 DMN 文件中决策的值", en: "Evaluate the decisions of a DMN file" },
    example: `qingdan dmn loan.dmn --input '{"income": 3200}'`,
    load: async () => (await import("./dmn.ts")).dmn,
  },
  tck: {
    summary: { zh: "运行 DMN 一致性测试集", en: "Run the DMN conformance tests" },
    example: "qingdan tck ../dmn-tck/TestCases",
    load: async () => (await import("./tck.ts")).tck,
  },
  "reach import": {
    summary: {
      zh: "读入路网：清点、连通、坐标系核对",
      en: "Read roads into a walking network: counts, parts, datum",
    },
    example: "qingdan reach import roads.osm.pbf --points clinics.csv --out town.graph.json",
    load: async () => (await import("./reach-import.ts")).reachImport,
  },
  "reach nearest": {
    summary: { zh: "每处到各类最近设施要走几分钟", en: "The nearest places of each kind, in walking minutes" },
    example: "qingdan reach nearest town.graph.json --from homes.csv --to clinics.csv --group senior --k 2",
    load: async () => (await import("./reach-nearest.ts")).reachNearest,
  },
  "reach cover": {
    summary: { zh: "按配置标准逐级判定覆盖", en: "Coverage by a layout standard, level by level" },
    example: "qingdan reach cover town.graph.json --blocks blocks.csv --places places.csv --standard gb-50180-2018",
    load: async () => (await import("./reach-cover.ts")).reachCover,
  },
  "reach catchments": {
    summary: {
      zh: "每处设施服务谁：离它最近的人，分人群，走几分钟",
      en: "Whom each place serves: the people nearest to it by age group, and their minutes",
    },
    example: "qingdan reach catchments town.graph.json --blocks blocks.csv --places clinics.csv",
    load: async () => (await import("./reach-catchments.ts")).reachCatchments,
  },
  "reach access": {
    summary: { zh: "可达性得分（两步移动搜索等九种）", en: "Access scores: nine measures" },
    example:
      "qingdan reach access town.graph.json --origins blocks.csv --sites clinics.csv --measure 2sfca --minutes 15",
    load: async () => (await import("./reach-access.ts")).reachAccess,
  },
  "reach site": {
    summary: { zh: "选址，并证明方案有多好", en: "Where to put sites, with a proof of how good the plan is" },
    example: "qingdan reach site --model pmedian --orlib pmed1.txt",
    load: async () => (await import("./reach-site.ts")).reachSite,
  },
  "measure inequality": {
    summary: {
      zh: "不平等程度：泰尔、基尼等，可按组分解",
      en: "Inequality: Theil, Gini and others, decomposed by groups",
    },
    example: "qingdan measure inequality income.csv --value income --weight people --group city,district",
    load: async () => (await import("./measure-inequality.ts")).inequality,
  },
  "measure survey": {
    summary: {
      zh: "抽样调查估计：标准误、区间、校准",
      en: "Survey estimates: standard errors, intervals, calibration",
    },
    example: `qingdan measure survey answers.csv --design '{"weights": "w", "estimates": [{"mean": "score"}]}'`,
    load: async () => (await import("./measure-survey.ts")).survey,
  },
  "measure index": {
    summary: { zh: "综合指数：得分、排名、权重、敏感性", en: "A composite index: scores, ranks, weights, sensitivity" },
    example: "qingdan measure index areas.xlsx --index index.json --out scores.xlsx",
    load: async () => (await import("./measure-index.ts")).indexVerb,
  },
  "measure detect": {
    summary: {
      zh: "预警：时间序列中的异常与误报预算",
      en: "Early warning: what is odd in a series, and what the rule costs",
    },
    example: `qingdan measure detect weeks.csv --rule '{"value": "cases", "rule": {"method": "ears", "variant": "C2"}}'`,
    load: async () => (await import("./measure-detect.ts")).detect,
  },
  "measure track": {
    summary: { zh: "规划目标进度：达标、在轨、滞后", en: "Progress towards the targets of a plan" },
    example: "qingdan measure track plan.csv --method linear",
    load: async () => (await import("./measure-track.ts")).track,
  },
  report: {
    summary: {
      zh: "年度发展报告：数字取自冻结的快照，出 DOCX 与 PDF",
      en: "Annual reports from a frozen snapshot of figures, as DOCX and PDF",
    },
    example: "qingdan report --figures snapshot.json --period 2025 --area cn-310101 --out reports",
    load: async () => (await import("./report.ts")).report,
  },
  "clock due": {
    summary: {
      zh: "推算法定期限的最后一天，并列出每一天",
      en: "The last day of a statutory limit, with every day on the way",
    },
    example: "qingdan clock due --from 2026-02-10 --days 20 --calendar cn --pause 2026-02-11..2026-02-12",
    load: async () => (await import("./clock-due.ts")).clockDue,
  },
  "clock window": {
    summary: {
      zh: "每年一次的办理窗口：某日是否开放，本次或下次起止",
      en: "A window of every year: whether it is open on a day, and its present or next opening",
    },
    example: "qingdan clock window --from 04-14 --to 04-27 --last-day-off stays --on 2025-04-20",
    load: async () => (await import("./clock-window.ts")).clockWindow,
  },
  "clock instant": {
    summary: {
      zh: "每年或每月某日之前办结：某事最迟哪一天",
      en: "The last day in time for what is done by a named day of every year or month",
    },
    example:
      "qingdan clock instant --event 2025-03-01 --yearly 08-31 --named-day included --day-off earlier --period this",
    load: async () => (await import("./clock-instant.ts")).clockInstant,
  },
  "account create": {
    summary: {
      zh: "在新的存储中建立第一位管理员，口令显示一次",
      en: "Make the first administrator of a new store; the pass-phrase is shown once",
    },
    example: "qingdan account create --login admin --name 张三 --area cn-310101",
    load: async () => (await import("./account-create.ts")).accountCreate,
  },
  backup: {
    summary: { zh: "备份业务存储", en: "Back up the operational store" },
    example: "qingdan backup --out backups/2026-11-22",
    load: async () => (await import("./backup.ts")).backup,
  },
  restore: {
    summary: { zh: "把备份恢复到新的存储", en: "Restore a backup into a new store" },
    example: "QINGDAN_DATA=data/new qingdan restore --from backups/2026-11-22",
    load: async () => (await import("./backup.ts")).restore,
  },
};
