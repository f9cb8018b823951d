import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type FunctionCall } from "../../../src/render/index.js";
import { type Platform, type Stage, simulate } from "../../../src/simulate/index.js";
import { decodeRequest, encodeResponse, type JsonObject } from "../../../src/wire/index.js";
import project from "../../../trimtab.config.js";
import { patchAndTransform } from "../../render/foreign/patch-and-transform.js";
import { platform } from "../../support/platform.js";
import { repository } from "../../support/repository.js";
import { objectsIn } from "../../support/yaml-objects.js";

/** A request that one of this project's functions was asked in the course of a simulation. */
export interface Asked {
  /** The name of the function, as it was defined. */
  readonly name: string;
  readonly request: Uint8Array;
}

/** Every request that the functions of this project are asked in the course of some stages, each once. */
export async function requestsIn(
  stages: readonly Stage[],
  around: Partial<Platform> = {},
  objects: readonly JsonObject[] = [],
): Promise<readonly Asked[]> {
  const asked = new Map<string, Asked>();
  const recorded = (fn: string, call: FunctionCall): FunctionCall => {
    const [name] = project.functions.map((each) => each.name).filter((each) => fn.endsWith(each));
    return (request) => {
      const { meta } = decodeRequest(request);
      if (name !== undefined) asked.set(`${name} ${meta?.tag}`, { name, request: Uint8Array.from(request) });
      return call(request);
    };
  };
  const all = { ...platform.functions, [FOREIGN]: foreign };
  const functions = Object.fromEntries(Object.entries(all).map(([name, call]) => [name, recorded(name, call)]));
  await simulate({ platform: { ...platform, ...around, functions }, stages, objects });
  return [...asked.values()];
}

/** The names of all examples. */
export const examples = readdirSync(join(repository, "examples")).filter((name) =>
  existsSync(join(repository, "examples", name, "xr.yaml")),
);

/** Every request of an example's life, with a platform of its own where it has one. */
export function requestsOfExample(name: string): Promise<readonly Asked[]> {
  const file = (path: string) => join(repository, "examples", name, path);
  const given = (path: string) => (existsSync(file(path)) ? (objectsIn(file(path)) as unknown as JsonObject[]) : []);
  const around = existsSync(file("composition.yaml"))
    ? {
        compositions: given("composition.yaml").filter(({ kind }) => kind === "Composition"),
        xrds: [...platform.xrds, ...given("xrd.yaml")],
      }
    : {};
  return requestsIn([{ apply: given("xr.yaml") }], around, given("required.yaml"));
}

const FOREIGN = "crossplane-contrib-function-patch-and-transform";

const foreign: FunctionCall = async (bytes) => {
  const request = decodeRequest(bytes);
  return encodeResponse(await patchAndTransform(request));
};
