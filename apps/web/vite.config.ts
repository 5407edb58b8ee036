import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { pagePaths } from "./src/app/page-paths.ts";

/** Writes the addresses of the pages into the build, for the server. */
const writePagePaths: Plugin = {
  name: "page-paths",
  generateBundle() {
    this.emitFile({ type: "asset", fileName: "pages.json", source: JSON.stringify(pagePaths) });
  },
};

/** Two documents: the residents' page stays light and alone; everything else shares one. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), writePagePaths],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    manifest: true,
    rolldownOptions: { input: { index: "index.html", me: "me.html" } },
  },
  server: { proxy: { "/api": "http://127.0.0.1:4173" } },
});
