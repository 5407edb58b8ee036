/** Words of the directory of facilities and its import, spread into those of the map. */
export const zh = {
  directory: "设施名录",
  directoryLead:
    "名录 {{facilities}} 处，来自 {{source}}：{{rows}} 行，接收 {{accepted}} 行，隔离 {{quarantined}} 行。",
  datumAgree: "坐标与路网一致（中位距离 {{metres}} 米）。",
  datumMismatch: "坐标可能是 {{best}}：按该坐标系，点到街道的中位距离只有 {{metres}} 米。",
  datumUnclear: "点太少或差别太小，看不出坐标系。",
  quarantine: "隔离的行",
  row: "行",
  column: "栏",
  reason: "理由",
  recorded: "值",
};

export const en: typeof zh = {
  directory: "Directory of facilities",
  directoryLead:
    "{{facilities}} facilities, from {{source}}: {{rows}} rows, {{accepted}} accepted, {{quarantined}} quarantined.",
  datumAgree: "Coordinates fit the streets (median distance {{metres}} m).",
  datumMismatch: "Coordinates may be {{best}}: read so, the median distance to a street is only {{metres}} m.",
  datumUnclear: "Too few points, or too little difference, to tell the datum.",
  quarantine: "Quarantined rows",
  row: "Row",
  column: "Column",
  reason: "Reason",
  recorded: "Value",
};
