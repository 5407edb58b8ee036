import MiniSearch, { type SearchOptions } from "minisearch";
import { Converter } from "opencc-js/t2cn";
import { pinyin } from "pinyin-pro";
import { isBelow } from "./area-chain.ts";
import type { Item, List } from "./model/list.ts";

/** Which items are looked for; what is absent does not matter. */
export interface ItemFilter {
  /** Items that are owed to the people of this area. */
  readonly area?: string;
  readonly lifeStage?: string;
  readonly leadUnit?: string;
  readonly domain?: string;
  readonly executable?: boolean;
}

/** The items of a list, made ready to be searched. */
export interface ItemSearch {
  readonly list: List;
  readonly index: MiniSearch;
}

const FIELDS = ["name", "text", "english", "pinyin", "initials"] as const;
type Field = (typeof FIELDS)[number];
const BOOST: Record<Field, number> = { name: 8, text: 1, english: 4, pinyin: 6, initials: 5 };
const HAN = /\p{Script=Han}/u;

const simplified = Converter({ from: "t", to: "cn" });

/** Makes the items of a list searchable: by characters of either script, pinyin in full or initials, and English. */
export function buildSearch(list: List): ItemSearch {
  const index = new MiniSearch<{ code: string } & Record<Field, string>>({
    idField: "code",
    fields: [...FIELDS],
    tokenize: (text, field) => termsOf(text, field as Field),
    processTerm: (term) => term || null,
  });
  index.addAll([...list.items.values()].map(documentOf));
  return { list, index };
}

function documentOf(item: Item): { code: string } & Record<Field, string> {
  const names = [item.name.zh, ...item.aliases];
  const parts = [item.object, item.content, item.standard];
  const english = [item.name.en, ...item.aliases, ...parts.map(({ en }) => en)].join(" ");
  return {
    code: item.code,
    name: names.map(plain).join(" "),
    text: parts.map(({ zh }) => plain(zh)).join(" "),
    english: plain(english),
    pinyin: names.flatMap((name) => tails(syllables(name))).join(" "),
    initials: names.flatMap((name) => tails(syllables(name).map((syllable) => syllable.charAt(0)))).join(" "),
  };
}

/** Lower case, full-width signs made plain. */
function plain(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

function syllables(text: string): string[] {
  return pinyin(text, { toneType: "none", type: "array", nonZh: "removed", v: true }).map((syllable) =>
    syllable.toLowerCase(),
  );
}

/** The text from each syllable on: a search by the beginning of a word then finds the middle of a name, too. */
function tails(parts: readonly string[]): string[] {
  return parts.map((_, from) => parts.slice(from).join(""));
}

/** The terms of a field: names can be found by a single character, longer texts by two. */
function termsOf(text: string, field: Field): string[] {
  if (field !== "name" && field !== "text") return text.split(/[^a-z0-9]+/);
  return field === "name" ? [...hanTerms(text), ...(text.match(/\p{Script=Han}/gu) ?? [])] : hanTerms(text);
}

/** Pairs of neighbouring characters; a character that stands alone, Latin words and numbers whole. */
function hanTerms(text: string): string[] {
  return (text.match(/\p{Script=Han}+|[a-z0-9]+/gu) ?? []).flatMap((run) => (HAN.test(run) ? pairs(run) : [run]));
}

function pairs(run: string): string[] {
  const characters = [...run];
  return characters.length === 1 ? characters : characters.slice(1).map((character, at) => characters[at]! + character);
}

/** Items that fit a query and a filter, best first; with an empty query every item that fits, in the list's order. */
export function searchItems({ list, index }: ItemSearch, query: string, filter: ItemFilter = {}): readonly Item[] {
  const text = simplified(plain(query)).trim();
  const found = text === "" ? [...list.items.keys()] : codesFor(index, text);
  return found.map((code) => list.items.get(code)!).filter((item) => fits(item, filter, list));
}

function codesFor(index: MiniSearch, text: string): string[] {
  const options = HAN.test(text) ? byCharacters(text) : byLetters(text);
  const attempts: SearchOptions[] = [
    { combineWith: "AND" },
    { combineWith: "AND", fields: ["english"], fuzzy: 0.25 },
    { combineWith: "OR" },
  ];
  for (const attempt of attempts) {
    const results = index.search(options.text, { ...options.search, boost: BOOST, ...attempt });
    if (results.length > 0) return results.map(({ id }) => String(id));
  }
  return [];
}

interface Search {
  readonly text: string;
  readonly search: SearchOptions;
}

function byCharacters(text: string): Search {
  return { text, search: { fields: ["name", "text"], tokenize: hanTerms } };
}

/** Letters may be English words, or pinyin whose syllables are written together or apart. */
function byLetters(text: string): Search {
  return { text, search: { fields: ["english", "pinyin", "initials"], prefix: true } };
}

function fits(item: Item, filter: ItemFilter, list: List): boolean {
  const { area, lifeStage, leadUnit, domain, executable } = filter;
  return (
    (domain === undefined || item.domain === domain) &&
    (leadUnit === undefined || item.lead.units.includes(leadUnit)) &&
    (lifeStage === undefined || item.lifeStages.includes(lifeStage) || item.lifeStages.includes("all")) &&
    (executable === undefined || (item.rule !== undefined) === executable) &&
    (area === undefined || isBelow(list, area, item.area))
  );
}
