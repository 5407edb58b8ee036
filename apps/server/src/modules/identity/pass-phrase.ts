import { hash, verify } from "@node-rs/argon2";
import { Problem } from "../../problem.ts";

/**
 * Shortest pass-phrase, in columns: a Chinese character counts as two, for it is drawn from thousands. No rules of composition
 * (OWASP ASVS 5.0.0 V6.2.5); length carries the strength.
 */
export const shortestPassPhrase = 14;
/** Longer ones are refused, so that nobody makes the server hash novels. */
export const longestPassPhrase = 128;

/** Beginnings of the runs that people type when they are asked for length. */
const runs = ["0123456789", "9876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm"];
/** Words that stand at the head of every list of stolen pass-phrases. */
const common = [
  "password",
  "passw0rd",
  "qingdan",
  "iloveyou",
  "admin",
  "welcome",
  "letmein",
  "woaini",
  "5201314",
  "密码",
  "清单",
];

const columns = (text: string): number =>
  [...text].reduce((sum, character) => sum + (/\p{Script=Han}/u.test(character) ? 2 : 1), 0);

/** What is left when typed runs, common words, and the account's own names are taken out, and repeats are counted once. */
function substance(passPhrase: string, names: readonly string[]): string {
  let rest = passPhrase.normalize("NFKC").toLowerCase();
  for (const name of names) if (name.length > 2) rest = rest.replaceAll(name.toLowerCase(), "");
  for (const word of common) rest = rest.replaceAll(word, "");
  for (const run of runs) {
    for (let length = run.length; length >= 4; length -= 1) {
      for (let at = 0; at + length <= run.length; at += 1) rest = rest.replaceAll(run.slice(at, at + length), "");
    }
  }
  return rest.replace(/(.{1,8}?)\1+/gu, "$1");
}

/** @throws {Problem} AUTH-PASS-PHRASE-WEAK */
export function requireStrong(passPhrase: string, names: readonly string[]): void {
  const refuse = (zh: string, en: string) => {
    throw new Problem("AUTH-PASS-PHRASE-WEAK", { zh, en });
  };
  if (columns(passPhrase) < shortestPassPhrase) {
    refuse("至少 14 个字符或 7 个汉字，几个不相干的词最好记", "At least 14 characters; a few unrelated words are best");
  }
  if (passPhrase.length > longestPassPhrase) refuse("最多 128 个字符", "At most 128 characters");
  if (columns(substance(passPhrase, names)) < 8) {
    refuse("太容易猜：不要用姓名、账号、连续或重复的字符", "Too easy to guess: no names, no runs, no repeats");
  }
}

/** Argon2id with 19 MiB, two passes and one lane (OWASP Password Storage Cheat Sheet). */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassPhrase = (passPhrase: string): Promise<string> => hash(passPhrase.normalize("NFKC"), cost);

/** Hashed for accounts that are not there, so that the answer takes as long. */
let decoy: Promise<string> | undefined;

/** Whether the pass-phrase is the account's; without an account it is false after the same time. */
export async function passPhraseFits(secret: string | undefined, passPhrase: string): Promise<boolean> {
  decoy ??= hashPassPhrase("nobody has this pass-phrase");
  const fits = await verify(secret ?? (await decoy), passPhrase.normalize("NFKC"));
  return fits && secret !== undefined;
}
