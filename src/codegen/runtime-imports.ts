/** What generated code may import, and the module of trimtab's `resource` folder that has it. */
const MODULES = {
  kind: "kind",
  Managed: "managed",
  Ref: "ref",
  SecretKey: "ref",
  Selector: "ref",
  Condition: "resource",
  ObservedMetadata: "resource",
} as const;

export type RuntimeSymbol = keyof typeof MODULES;

export const RUNTIME_SYMBOLS: ReadonlySet<string> = new Set(Object.keys(MODULES));

/**
 * Import statements for what is used. `runtime` is one module that exports it all, or, where it is a relative path to a
 * folder, that of trimtab's `resource` modules.
 */
export function imports(used: ReadonlySet<RuntimeSymbol>, runtime: string): string {
  const modulesUsed = [...new Set([...used].map((symbol) => moduleOf(symbol, runtime)))].toSorted();
  return modulesUsed
    .map((module) => {
      const symbols = [...used].filter((symbol) => moduleOf(symbol, runtime) === module);
      return `import { ${specifiers(symbols)} } from ${JSON.stringify(module)};\n`;
    })
    .join("");
}

function moduleOf(symbol: RuntimeSymbol, runtime: string): string {
  const isFolder = /^\.\.?(\/|$)/.test(runtime) && !/\.[cm]?[jt]s$/.test(runtime);
  return isFolder ? `${runtime.replace(/\/$/, "")}/${MODULES[symbol]}.js` : runtime;
}

/** In the order that Biome's organizeImports keeps: without regard to case. */
function specifiers(symbols: readonly RuntimeSymbol[]): string {
  return symbols
    .toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))
    .map((symbol) => (symbol === "kind" ? symbol : `type ${symbol}`))
    .join(", ");
}
