import { defineConfig } from "vitest/config";

// Tests run the source: "trimtab" resolves to src/, not to what was last built.
const shared = { resolve: { conditions: ["trimtab-source"] }, ssr: { resolve: { conditions: ["trimtab-source"] } } };
const setupFiles = ["test/support/seed.ts"];

// Where a report in JSON is wanted, for a count of what ran.
const report = process.env["TRIMTAB_TEST_REPORT"];

export default defineConfig({
  test: {
    reporters: report ? ["default", ["json", { outputFile: report }]] : ["default"],
    projects: [
      {
        ...shared,
        test: {
          name: "unit",
          setupFiles,
          // Properties take their time where other processes have the machine.
          testTimeout: 30_000,
          include: ["{src,functions,xrds,compositions,examples,docs}/**/*.test.ts", "test/unit/**/*.test.ts"],
        },
      },
      {
        ...shared,
        test: {
          name: "render",
          setupFiles,
          include: ["test/render/**/*.test.ts"],
          globalSetup: "test/render/setup.ts",
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...shared,
        test: {
          name: "cluster",
          setupFiles,
          include: ["test/cluster/**/*.test.ts"],
          globalSetup: "test/cluster/setup.ts",
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...shared,
        test: {
          name: "e2e",
          setupFiles,
          include: ["test/e2e/**/*.test.ts"],
          globalSetup: "test/e2e/setup.ts",
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        ...shared,
        test: {
          name: "abuse",
          setupFiles,
          include: ["test/abuse/**/*.test.ts"],
          testTimeout: 120_000,
          // What one process is attacked with, another would feel.
          fileParallelism: false,
        },
      },
      {
        ...shared,
        test: {
          name: "soak",
          setupFiles,
          include: ["test/soak/**/*.test.ts"],
          hookTimeout: 120_000,
        },
      },
      {
        ...shared,
        test: {
          name: "long",
          setupFiles,
          include: ["test/long/**/*.test.ts"],
          globalSetup: "test/render/setup.ts",
          testTimeout: 24 * 3600 * 1000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
