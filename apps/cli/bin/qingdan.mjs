#!/usr/bin/env node
import { bundle } from "./bundle.mjs";

const { main } = await import(await bundle());
process.exitCode = await main(process);
