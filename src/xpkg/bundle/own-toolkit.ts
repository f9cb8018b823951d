import { dirname, join, sep } from "node:path";
import { type Plugin } from "esbuild";

/**
 * Takes the toolkit from where this module of it lies, whoever asks, so that a bundle has it once: what serves a function
 * and what the function is written with are then of one version.
 *
 * All of its modules are resolved here, those that it imports itself too: esbuild heeds no tsconfig.json for these, and what
 * it heeded one for would come out otherwise, by whoever asked for it first.
 *
 * @param module two folders below the toolkit's own
 */
export function ownToolkit(module: string): Plugin {
  const toolkit = `${join(dirname(module), "../..")}${sep}`;
  return {
    name: "own-toolkit",
    setup({ onResolve, resolve }) {
      onResolve({ filter: /^trimtab(\/|$)/ }, ({ path, kind, pluginData }) => {
        if (pluginData === OWN) return undefined;
        return resolve(path, { kind, resolveDir: dirname(module), pluginData: OWN });
      });
      onResolve({ filter: /^\.\.?\// }, ({ path, kind, importer, resolveDir, pluginData }) => {
        if (pluginData === OWN || !importer.startsWith(toolkit)) return undefined;
        return resolve(path, { kind, importer, resolveDir, pluginData: OWN });
      });
    },
  };
}

/** Marks what this plugin itself asks for. */
const OWN = Symbol("own toolkit");
