#!/usr/bin/env node
import { bundle } from "./bundle.mjs";

const { main } = await import(await bundle("apps/cli/src/main.ts"));
process.exitCode = await main(process);
