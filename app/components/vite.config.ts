import { defineConfig } from "vite";

// One self-contained ES module a component (`--mode canvas`, `--mode timeline`): Streamlit loads each by its path
// below dist/, and no module has to find another.
export default defineConfig(({ mode }) => ({
  define: { "process.env.NODE_ENV": JSON.stringify("production") },
  build: {
    outDir: "dist",
    emptyOutDir: false,
    target: "es2022",
    chunkSizeWarningLimit: 2000,
    lib: { entry: `src/${mode}/index.ts`, formats: ["es"], fileName: () => `${mode}.js` },
  },
}));
