import { bundle } from "../apps/cli/bin/bundle.mjs";

// As the command runs: a loader's additions (each function named anew when it is made) would be measured with it.
await import(await bundle("bench/index.ts"));
