import type { Language } from "../ui/preferences.ts";

const days: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  Mo: { "zh-CN": "周一", en: "Mon" },
  Tu: { "zh-CN": "周二", en: "Tue" },
  We: { "zh-CN": "周三", en: "Wed" },
  Th: { "zh-CN": "周四", en: "Thu" },
  Fr: { "zh-CN": "周五", en: "Fri" },
  Sa: { "zh-CN": "周六", en: "Sat" },
  Su: { "zh-CN": "周日", en: "Sun" },
};

/** Hours in the way OpenStreetMap writes them, said in words; what is not among the common forms stays as it is written. */
export function hoursText(hours: string, language: Language): string {
  const isZh = language === "zh-CN";
  const said = hours
    .replace("24/7", isZh ? "全天" : "always open")
    .replaceAll(/\bMo-Su\b/g, isZh ? "每天" : "daily")
    .replaceAll(/\bPH off\b/g, isZh ? "法定节假日不开" : "closed on public holidays")
    .replaceAll(/\b(Mo|Tu|We|Th|Fr|Sa|Su)\b/g, (day) => days[day]![language])
    .replaceAll(/(\d\d:\d\d)-(\d\d:\d\d)/g, isZh ? "$1—$2" : "$1–$2");
  return isZh ? said.replaceAll(/(周.)-(周.)/g, "$1至$2").replaceAll("; ", "；") : said;
}
