/** The script that a document of the site starts with; a build names it by the content of all its parts. */
const startOf = (page: Document): string | null | undefined =>
  page.querySelector("script[type=module][src]")?.getAttribute("src");

/** Whether the site was built anew since this page was loaded; false where it cannot be reached. */
export async function isRebuilt(): Promise<boolean> {
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    const served = startOf(new DOMParser().parseFromString(await answer.text(), "text/html"));
    return served !== undefined && served !== startOf(document);
  } catch {
    return false;
  }
}
