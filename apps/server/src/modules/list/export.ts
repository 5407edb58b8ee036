import type { List } from "@qingdan/list";
import { csvText } from "./csv-text.ts";
import type { ItemPage } from "./model.ts";
import type { View } from "./present.ts";
import { presentItem } from "./present-item.ts";

/** Every entry of a list with everything that its page shows. */
export function exportItems(view: View): ItemPage[] {
  return [...view.list.items.values()].map((item) => presentItem(view, item, []));
}

const columns = [
  "code",
  "list",
  "name_zh",
  "name_en",
  "domain",
  "category",
  "status",
  "from",
  "until",
  "object_zh",
  "content_zh",
  "standard_zh",
  "payer_zh",
  "lead_zh",
  "object_en",
  "content_en",
  "standard_en",
  "payer_en",
  "lead_en",
  "marks",
  "executable",
] as const;

/** The list as CSV (RFC 4180), with a byte-order mark so that spreadsheet programs read it as UTF-8. */
export function exportCsv(view: View): string {
  const rows = exportItems(view).map((item): Record<(typeof columns)[number], string> => {
    const leads = item.lead.units.map(({ name }) => name);
    const { object, content, standard, payer, lead } = item;
    return {
      code: item.code,
      list: item.list,
      name_zh: item.name.zh,
      name_en: item.name.en,
      domain: item.domain.code,
      category: item.category.code,
      status: item.status,
      from: item.effective.from,
      until: item.effective.until ?? "",
      object_zh: object.zh,
      content_zh: content.zh,
      standard_zh: standard.zh,
      payer_zh: payer.zh,
      lead_zh: leads.map(({ zh }) => zh).join("、"),
      object_en: object.en,
      content_en: content.en,
      standard_en: standard.en,
      payer_en: payer.en,
      lead_en: leads.map(({ en }) => en).join("; "),
      marks: [object, content, standard, payer, lead].map(({ mark }) => mark).join(" "),
      executable: String(item.executable),
    };
  });
  return csvText(
    columns,
    rows.map((row) => columns.map((column) => row[column])),
  );
}

export const exportName = (list: List, extension: string) => `qingdan-${list.code}.${extension}`;
