import { readdir } from "node:fs/promises";

/** A benchmark: a file of this folder that exports `run`. */
interface Bench {
  run(args: readonly string[]): Promise<Readonly<Record<string, number | string>>>;
}

/** `npm run bench -- NAME [options]`: prints a table and, as the last line, one line of JSON. */
async function main([name, ...args]: readonly string[]): Promise<number> {
  const files = await readdir(import.meta.dirname);
  const names = files
    .filter((file) => /^[a-z-]+\.ts$/.test(file) && file !== "index.ts")
    .map((file) => file.slice(0, -3));
  if (name === undefined || !names.includes(name)) {
    process.stderr.write(`npm run bench -- NAME, where NAME is one of ${names.join(", ")}\n`);
    return 2;
  }
  const bench: Bench = await import(`./${name}.ts`);
  const result = await bench.run(args);
  const width = Math.max(...Object.keys(result).map((key) => key.length));
  for (const [key, value] of Object.entries(result)) process.stdout.write(`${key.padEnd(width)}  ${value}\n`);
  process.stdout.write(`${JSON.stringify(result)}\n`);
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
