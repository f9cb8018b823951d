import { logger } from "../../../src/runtime/index.js";
import { type Serving, serve } from "../../../src/serve/index.js";
import { scripted } from "./scripted.js";

/** The Functions that are served, each at an address of its own. */
export const FUNCTIONS = ["function-one", "function-two", "function-three"] as const;

export interface ScriptedFunctions {
  /** Host and port, by Function. */
  readonly addresses: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Serves scripted functions in this process, in plain text on loopback. */
export async function serveScripted(): Promise<ScriptedFunctions> {
  const log = logger({ level: "silent" });
  const serving: [string, Serving][] = [];
  for (const name of FUNCTIONS) {
    const credentials = { kind: "insecure" } as const;
    const options = { runner: scripted(name), name, address: "127.0.0.1:0", credentials, logger: log };
    serving.push([name, await serve(options)]);
  }
  return {
    addresses: Object.fromEntries(serving.map(([name, { address }]) => [name, address])),
    stop: async () => {
      await Promise.all(serving.map(([, { close }]) => close(0)));
    },
  };
}
