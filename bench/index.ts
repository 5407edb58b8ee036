import process from "node:process";

/** A benchmark: a file of this folder that exports `run`. */
interface Bench {
  run(args: readonly string[]): Promise<Readonly<Record<string, number | string>>>;
}

const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  agree: () => import("./agree.ts"),
  cases: () => import("./cases.ts"),
  check: () => import("./check.ts"),
  city: () => import("./city.ts"),
  clock: () => import("./clock.ts"),
  cockpit: () => import("./cockpit.ts"),
  compile: () => import("./compile.ts"),
  decisions: () => import("./decisions.ts"),
  explain: () => import("./explain.ts"),
  feel: () => import("./feel.ts"),
  form: () => import("./form.ts"),
  log: () => import("./log.ts"),
  measure: () => import("./measure.ts"),
  offers: () => import("./offers.ts"),
  reach: () => import("./reach.ts"),
  reform: () => import("./reform.ts"),
  resident: () => import("./resident.ts"),
  site: () => import("./site.ts"),
  table: () => import("./table.ts"),
  template: () => import("./template.ts"),
};

/** `npm run bench -- NAME [options]`: prints a table and, as the last line, one line of JSON. */
async function main([name = "", ...args]: readonly string[]): Promise<number> {
  const load = Object.hasOwn(benches, name) ? benches[name] : undefined;
  if (load === undefined) {
    process.stderr.write(`npm run bench -- NAME, where NAME is one of ${Object.keys(benches).join(", ")}\n`);
    return 2;
  }
  const bench = await load();
  const result = await bench.run(args);
  const width = Math.max(...Object.keys(result).map((key) => key.length));
  for (const [key, value] of Object.entries(result)) process.stdout.write(`${key.padEnd(width)}  ${value}\n`);
  process.stdout.write(`${JSON.stringify(result)}\n`);
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
