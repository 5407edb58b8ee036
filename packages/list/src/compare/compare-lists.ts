import { itemsInForce } from "../items-in-force.ts";
import type { Item } from "../model/list.ts";
import { differencesOf } from "./differences.ts";
import { matchItems } from "./match-items.ts";
import type { ComparedItem, ComparedSide, Comparison, SideToCompare } from "./model.ts";

/**
 * Two lists side by side: versions of one list, or the lists of two areas. Items are matched several against several;
 * what they say differently is told in words, for rules with the numbers in force on each side.
 */
export function compareLists(left: SideToCompare, right: SideToCompare): Comparison {
  const inForce = ({ list, rulebook }: SideToCompare) => ({ list, items: itemsInForce(list, rulebook.date) });
  const { matches, onlyLeft, onlyRight } = matchItems(inForce(left), inForce(right));
  return {
    left: sideOf(left),
    right: sideOf(right),
    matches: matches.map((match) => ({
      by: match.by,
      left: match.left.map(shown),
      right: match.right.map(shown),
      differences: differencesOf(match, left, right),
    })),
    onlyLeft: onlyLeft.map(shown),
    onlyRight: onlyRight.map(shown),
  };
}

function sideOf({ list, rulebook }: SideToCompare): ComparedSide {
  return {
    list: list.code,
    name: list.name,
    area: rulebook.area,
    date: rulebook.date,
    knownOn: rulebook.knownOn,
  };
}

function shown({ code, list, name, rule }: Item): ComparedItem {
  return { code, list, name: { zh: name.zh, en: name.en }, executable: rule !== undefined };
}
