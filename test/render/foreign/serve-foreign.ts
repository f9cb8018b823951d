import { logger } from "../../../src/runtime/index.js";
import { type Runner, type Serving, serve } from "../../../src/serve/index.js";
import { patchAndTransform } from "./patch-and-transform.js";

/** What stands in for functions of others, by the name that their repositories end in. */
const standIns: Readonly<Record<string, Runner>> = { "patch-and-transform": patchAndTransform };

/** Serves what stands in for a function of somebody else, in this process; undefined for a function of this project. */
export async function serveForeign(name: string): Promise<Serving | undefined> {
  const runner = standIns[name];
  if (!runner) return undefined;
  const log = logger({ level: "warn", name });
  return serve({ runner, name, address: "127.0.0.1:0", credentials: { kind: "insecure" }, logger: log });
}
