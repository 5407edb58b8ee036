import { setPreferences, usePreferences } from "./preferences.ts";
import { useWords } from "./words.ts";

interface Place {
  readonly href: string;
  readonly key: string;
}

const forResidents: readonly Place[] = [
  { href: "/me", key: "nav.me" },
  { href: "/my", key: "nav.my" },
  { href: "/places", key: "nav.places" },
  { href: "/list", key: "nav.list" },
];

const forStaff: readonly Place[] = [
  { href: "/desk", key: "nav.desk" },
  { href: "/run", key: "nav.run" },
  { href: "/map", key: "nav.map" },
  { href: "/studio", key: "nav.studio" },
  { href: "/whatif", key: "nav.whatif" },
  { href: "/cockpit", key: "nav.cockpit" },
];

function Links({ places, here }: { readonly places: readonly Place[]; readonly here: string | undefined }) {
  const words = useWords();
  return places.map(({ href, key }) => (
    <a key={href} href={href} aria-current={here === href ? "page" : undefined}>
      {words(key)}
    </a>
  ));
}

/** Residents see their own pages; those of the staff stand behind one word there, and in full on the staff's pages. */
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
          <Links places={forResidents} here={here} />
          {forResidents.some(({ href }) => href === here) ? (
            <details>
              <summary>{words("nav.staff")}</summary>
              <Links places={forStaff} here={here} />
            </details>
          ) : (
            <Links places={forStaff} here={here} />
          )}
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
