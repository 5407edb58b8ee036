import { type Language, usePreferences } from "../ui/preferences.ts";
import { useText, useWords, type Words } from "../ui/words.ts";
import type { FigureCard, TargetCard } from "./api.ts";

interface Measured {
  readonly unit: Words;
  readonly decimals: number;
}

/** How numbers of an indicator are written. */
export function useValues() {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const number = (value: number, decimals: number) => formatOf(language, decimals).format(value);
  const value = (amount: number, { unit, decimals }: Measured) => {
    const name = text(unit);
    return `${number(amount, decimals)}${name === "%" || language === "zh-CN" ? "" : " "}${name}`;
  };
  return {
    number,
    /** The number; a dash where it is not known. */
    known: (value: number | null, decimals: number) => (value === null ? "–" : number(value, decimals)),
    value,
    percent: (share: number, decimals = 0) => `${number(share * 100, decimals)}%`,
    /** The value, or why there is none. */
    figure: (figure: FigureCard, measured: Measured) => {
      if (figure.value !== null) return value(figure.value, measured);
      if (figure.suppressed) return words(`cockpit.${figure.suppressed}`);
      return words(figure.partial ? "cockpit.partial" : "cockpit.missing");
    },
    /** The ends of an interval; a dash where there is none. */
    interval: ({ low, high }: Pick<FigureCard, "low" | "high">, { decimals }: Pick<Measured, "decimals">) =>
      low === null || high === null
        ? "–"
        : words("cockpit.intervalOf", { low: number(low, decimals), high: number(high, decimals) }),
    target: (
      { comparison, value: wanted, cumulative }: Pick<TargetCard, "comparison" | "value" | "cumulative">,
      measured: Measured,
    ) => {
      const shown = wanted === null ? "" : value(wanted, { ...measured, decimals: decimalsOf(wanted) });
      return (
        words(`cockpit.comparisons.${comparison}`, { value: shown }) + (cumulative ? words("cockpit.cumulative") : "")
      );
    },
  };
}

/** Making a format costs far more than using it, and a page of figures uses a few of them hundreds of times. */
function formatOf(language: Language, decimals: number): Intl.NumberFormat {
  const key = `${language} ${decimals}`;
  const known =
    formats.get(key) ??
    new Intl.NumberFormat(language === "en" ? "en-GB" : "zh-CN", {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
  formats.set(key, known);
  return known;
}

const formats = new Map<string, Intl.NumberFormat>();

/** A target is written as it was published: with the decimals it has. */
const decimalsOf = (value: number): number => (String(value).split(".")[1] ?? "").length;
