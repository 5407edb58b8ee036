import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Two documents: the residents' page stays light and alone; everything else shares one. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    manifest: true,
    rolldownOptions: { input: { index: "index.html", me: "me.html" } },
  },
  server: { proxy: { "/api": "http://127.0.0.1:4173" } },
});
