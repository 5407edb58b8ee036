import { formatCount, formatLargeMoney, formatMoney } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";

export function Count({ count }: { readonly count: number }) {
  const { language } = usePreferences();
  return formatCount(count, language);
}

/** Money in 万 or 亿, with the exact figure on hover. */
export function LargeMoney({ fen }: { readonly fen: number }) {
  const { language } = usePreferences();
  return <span title={formatMoney(fen, undefined, language)}>{formatLargeMoney(fen, language)}</span>;
}
