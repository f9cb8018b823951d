import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "yaml";
import { merge } from "../../src/render/merge.js";
import { type Fault } from "../../src/simulate/fault.js";
import { type Propagation, type Until } from "../../src/simulate/index.js";
import { type JsonObject } from "../../src/wire/index.js";
import { repository } from "../support/repository.js";
import { objectIn } from "../support/yaml-objects.js";
import { type Order } from "./lines.js";

/**
 * Something that a control plane goes through, as data: what is done, and what must come of it. The same file is run in
 * memory and on a real control plane, and nothing in it may hold in one alone.
 */
export interface Scenario {
  /** The name of its file. */
  readonly name: string;
  readonly title: string;
  /** Why it matters. */
  readonly reason: string;
  readonly stages: readonly ScenarioStage[];
}

export interface ScenarioStage {
  readonly title: string;
  readonly faults?: readonly Fault[];
  readonly apply?: readonly Manifest[];
  readonly delete?: readonly { readonly object: JsonObject; readonly propagation?: Propagation }[];
  readonly until?: Until;
  readonly expect: Expectation;
}

/** An object as it is, or what is in a file of the repository with something merged over it; lists as a whole. */
export type Manifest = JsonObject | { readonly file: string; readonly merge?: JsonObject };

/** What must be true once a stage has ended. What is not said is not looked at. */
export interface Expectation {
  /** Whether XRs and claims are ready, by kind and name; null for one that must be gone. */
  readonly ready?: Readonly<Record<string, boolean | null>>;
  /** What an XR or a claim says that it waits for, or why it fails: a part of it. */
  readonly why?: Readonly<Record<string, string>>;
  /** The Secrets that were composed, or are a claim's own: each with its keys. */
  readonly secrets?: Readonly<Record<string, readonly string[]>>;
  /** What of this must have happened in the stage, in this order: `made bucket`. What Crossplane applies at once is a list. */
  readonly order?: Order;
  /** What must not have happened in the stage; `*` stands for any resource. */
  readonly never?: readonly string[];
  /** The kinds that are in the cloud, each as often as there are of it, sorted. */
  readonly cloud?: readonly string[];
}

const folder = join(repository, "test/scenarios/data");

/** All scenarios, by name. */
export const scenarios: readonly Scenario[] = readdirSync(folder)
  .filter((file) => file.endsWith(".yaml"))
  .sort()
  .map((file) => ({
    name: basename(file, ".yaml"),
    ...(parse(readFileSync(join(folder, file), "utf8")) as Omit<Scenario, "name">),
  }));

/** The object that a manifest stands for. */
export function objectOf(manifest: Manifest): JsonObject {
  if (typeof manifest["file"] !== "string") return manifest as JsonObject;
  const object = objectIn(join(repository, manifest["file"])) as unknown as JsonObject;
  return merge(object, (manifest["merge"] ?? {}) as JsonObject) as JsonObject;
}
