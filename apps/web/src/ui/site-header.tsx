import { setPreferences, usePreferences } from "./preferences.ts";
import { useWords } from "./words.ts";

const places = [
  { href: "/me", key: "nav.me" },
  { href: "/my", key: "nav.my" },
  { href: "/desk", key: "nav.desk" },
  { href: "/places", key: "nav.places" },
  { href: "/list", key: "nav.list" },
  { href: "/run", key: "nav.run" },
  { href: "/map", key: "nav.map" },
  { href: "/studio", key: "nav.studio" },
  { href: "/whatif", key: "nav.whatif" },
  { href: "/cockpit", key: "nav.cockpit" },
] as const;

export function SiteHeader({ here }: { readonly here?: string }) {
  const words = useWords();
  const { language, elder } = usePreferences();
  return (
    <>
      <a className="skip-link" href="#main">
        {words("nav.skip")}
      </a>
      <header className="site-header">
        <a className="brand" href="/">
          {words("nav.brand")}
        </a>
        <nav aria-label={words("nav.label")}>
          {places.map(({ href, key }) => (
            <a key={href} href={href} aria-current={here === href ? "page" : undefined}>
              {words(key)}
            </a>
          ))}
        </nav>
        <div className="settings">
          <button
            type="button"
            className="button quiet small"
            aria-pressed={elder}
            onClick={() => setPreferences({ elder: !elder })}
          >
            {words("nav.elder")}
          </button>
          <button
            type="button"
            className="button quiet small"
            lang={language === "en" ? "zh-CN" : "en"}
            onClick={() => setPreferences({ language: language === "en" ? "zh-CN" : "en" })}
          >
            {language === "en" ? "中文" : "English"}
          </button>
        </div>
      </header>
    </>
  );
}
