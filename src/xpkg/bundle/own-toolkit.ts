import { dirname } from "node:path";
import { type Plugin } from "esbuild";

/**
 * Takes the toolkit from where this module of it lies, whoever asks, so that a bundle has it once: what serves a function
 * and what the function is written with are then of one version.
 */
export function ownToolkit(module: string): Plugin {
  return {
    name: "own-toolkit",
    setup({ onResolve, resolve }) {
      onResolve({ filter: /^trimtab(\/|$)/ }, ({ path, kind, pluginData }) => {
        if (pluginData === OWN) return undefined;
        return resolve(path, { kind, resolveDir: dirname(module), pluginData: OWN });
      });
    },
  };
}

/** Marks what this plugin itself asks for. */
const OWN = Symbol("own toolkit");
