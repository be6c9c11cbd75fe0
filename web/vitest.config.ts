import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": new URL("src", import.meta.url).pathname } },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    css: { modules: { classNameStrategy: "non-scoped" } },
    setupFiles: "src/testing/setup.ts",
    restoreMocks: true,
    // More than the timeout of an awaited condition: a busy machine takes its time.
    testTimeout: 30_000,
  },
});
