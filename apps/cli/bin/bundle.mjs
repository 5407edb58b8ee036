import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** A bundle of sources that changed since is kept this long: a server that started from it may still load its parts. */
const keepMilliseconds = 7 * 24 * 3600 * 1000;

/**
 * A TypeScript module of this repository, and all of ours that it uses, as JavaScript, made once for each state of them: a
 * thousand files read one by one take seconds at each start. Libraries stay where they are installed. Gives the URL of the
 * module; `cache` is a folder below node_modules.
 */
export async function bundle(entry, cache = path.join(root, "node_modules/.cache/qingdan", path.dirname(entry))) {
  const made = await lastMade(cache);
  const stamp =
    made !== undefined && (await stampOf(made.inputs)) === made.stamp ? made.stamp : await make(entry, cache);
  return pathToFileURL(path.join(cache, stamp, `${path.parse(entry).name}.js`)).href;
}

async function lastMade(cache) {
  try {
    return JSON.parse(await readFile(path.join(cache, "made.json"), "utf8"));
  } catch {
    return undefined;
  }
}

/** Tells one state of some files from another by their names, sizes and times; undefined where one is gone. */
async function stampOf(files) {
  const hash = createHash("sha256").update(process.versions.node);
  try {
    const stats = await Promise.all(files.map((file) => stat(path.join(root, file))));
    for (const [index, { size, mtimeMs }] of stats.entries()) hash.update(`${files[index]} ${size} ${mtimeMs}\n`);
  } catch {
    return undefined;
  }
  return hash.digest("hex").slice(0, 16);
}

/** Put in place whole: two commands that start at once do not get into each other's way. */
async function make(entry, cache) {
  const { build } = await import("esbuild");
  await mkdir(cache, { recursive: true });
  const aside = await mkdtemp(path.join(cache, ".making-"));
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [{ in: entry, out: path.parse(entry).name }, ...(await workers(path.dirname(entry)))],
    outdir: aside,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    sourcemap: "linked",
    sourcesContent: false,
    // Of libraries that are CommonJS.
    banner: {
      js: 'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);',
    },
    metafile: true,
    logLevel: "error",
    plugins: [ownSources],
  });
  const inputs = [...Object.keys(metafile.inputs), path.relative(root, fileURLToPath(import.meta.url))];
  const stamp = await stampOf(inputs);
  const folder = path.join(cache, stamp);
  await rename(aside, folder).catch(async (error) => {
    if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
    await rm(aside, { recursive: true });
  });
  const note = `${aside}.json`;
  await writeFile(note, JSON.stringify({ stamp, inputs }));
  await rename(note, path.join(cache, "made.json"));
  await clear(cache, stamp);
  return stamp;
}

/** Old is what the clock of the file system, which may lie elsewhere, says is older than the note just written. */
async function clear(cache, stamp) {
  const { mtimeMs: now } = await stat(path.join(cache, "made.json"));
  for (const name of await readdir(cache)) {
    const place = path.join(cache, name);
    if (name === stamp || name === "made.json") continue;
    const made = await stat(place).catch((error) => {
      // Another command that starts at the same time has put it in place or removed it.
      if (error.code !== "ENOENT") throw error;
    });
    if (made && now - made.mtimeMs > keepMilliseconds) await rm(place, { recursive: true, force: true });
  }
}

/** Files that are started as threads: their names end in `worker`. */
async function workers(own) {
  const folders = [...new Set(["apps/server/src", "cities", own])];
  const files = await Promise.all(folders.map((folder) => readdir(path.join(root, folder), { recursive: true })));
  return files
    .flatMap((names, at) => names.map((name) => path.join(folders[at], name)))
    .filter((file) => /[\\/](?:[\w-]+-)?worker\.ts$/.test(file))
    .map((file) => ({ in: file, out: flatName(file) }));
}

/** All files of a bundle lie in one folder. */
function flatName(file) {
  return file.replace(/\.ts$/, "").replaceAll(/[\\/]/g, "--");
}

/** Besides our own packages, libraries of many small files and those whose one file is large: a bundle is read faster. */
const bundled =
  /^(@qingdan|@stdlib|temporal-polyfill)\/|^(kysely|yaml|zod(\/.+)?|fastify-type-provider-zod|docx(\/charts)?|hyparquet-writer)$|\.json$/;

/** The text of a file with the URLs of the threads that it starts as `urlOf` writes them, by the thread's name in a bundle. */
export function withThreads(text, file, urlOf) {
  return text.replaceAll(/new URL\("(\.\/(?:[\w-]+\/)*(?:[\w-]+-)?worker\.ts)", import\.meta\.url\)/g, (_, worker) =>
    urlOf(`${flatName(path.relative(root, path.resolve(path.dirname(file), worker)))}.js`),
  );
}

/** `import.meta` of a file is as if it stood where it is written; the threads that it starts are those of the bundle. */
const ownSources = {
  name: "own-sources",
  setup(build) {
    build.onResolve({ filter: /^[^.]/ }, ({ path: name, kind }) =>
      kind === "entry-point" || bundled.test(name) ? undefined : { path: name, external: true },
    );
    build.onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
      const text = await readFile(file, "utf8");
      if (!text.includes("import.meta.")) return undefined;
      const contents = withThreads(text, file, (name) => `new URL("./${name}", import.meta["url"])`)
        .replaceAll("import.meta.url", JSON.stringify(pathToFileURL(file).href))
        .replaceAll("import.meta.dirname", JSON.stringify(path.dirname(file)));
      return { contents, loader: "ts" };
    });
  },
};
