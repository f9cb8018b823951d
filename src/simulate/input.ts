import { type FunctionCall } from "../render/run-step.js";
import { type JsonObject } from "../wire/index.js";
import { type Change } from "./api/change.js";
import { type Propagation } from "./api/client.js";
import { type StandIn } from "./cloud/stand-in.js";
import { type Fault } from "./fault.js";
import { type Happening } from "./timeline/happening.js";

/** What is simulated. Objects are as they would be applied. */
export interface SimulateInput {
  readonly platform: Platform;
  /** What happens, one after the other: each stage begins where the one before has ended. */
  readonly stages: readonly Stage[];
  /** What lies in the cluster when it begins, with the status that it has: namespaces need not. Default: nothing. */
  readonly objects?: readonly JsonObject[];
  /** Kinds that behave otherwise than by default; over those of AWS. Default: none. */
  readonly standIns?: readonly StandIn[];
  /** CRDs, for kinds that should be admitted as an API server would. Default: only what `platform.xrds` define. */
  readonly crds?: readonly JsonObject[];
  /** OpenAPI v3 documents that functions may require schemas of. Default: none. */
  readonly openapi?: readonly JsonObject[];
  /** How often providers look at what they manage, in milliseconds. Default: ten minutes. */
  readonly pollInterval?: number;
}

/** What a platform team has installed. */
export interface Platform {
  /** Manifests. Of those for one kind of XR the XR chooses by compositionRef or compositionSelector. */
  readonly compositions: readonly JsonObject[];
  readonly xrds: readonly JsonObject[];
  /** By the names that the Compositions' steps have for them. */
  readonly functions: Readonly<Record<string, FunctionCall>>;
}

/** Something that somebody does, and how long to wait for what comes of it. In this order: */
export interface Stage {
  /** Default: what is done. */
  readonly title?: string;
  /** How many milliseconds pass before anything is done, which still count to the stage before. Default: none. */
  readonly after?: number;
  /** What goes wrong from now on; it replaces what went wrong before. Default: what went wrong before still does. */
  readonly faults?: readonly Fault[];
  /** What is installed from now on, in the place of what was. Default: nothing else. */
  readonly upgrade?: Partial<Platform>;
  /** Manifests to apply, as `kubectl apply --server-side` does. Default: none. */
  readonly apply?: readonly JsonObject[];
  /** Objects to delete. Default: none. */
  readonly delete?: readonly Deletion[];
  /** Default: `settled`. */
  readonly until?: Until;
  /** The most milliseconds that the stage may take. Default: an hour. */
  readonly limit?: number;
}

export interface Deletion {
  /** What to delete: apiVersion, kind and metadata. */
  readonly object: JsonObject;
  /** Default: `Background`. */
  readonly propagation?: Propagation;
}

/** When a stage ends; at its `limit` at the latest. */
export type Until =
  /** Once nothing happens any more. */
  | "settled"
  /** Once every XR and claim is Ready. */
  | "ready"
  /** Once everything that the stage deletes is gone, and all that went with it. */
  | "gone"
  /** After so many milliseconds. */
  | { readonly ms: number };

/** Who is told of a simulation while it runs. */
export interface SimulateOptions {
  /** Is told of what happens, as it happens. Default: nobody. */
  onHappening?(happening: Happening): void;
  /** Is told of each change of an object in the cluster. Default: nobody. */
  onChange?(change: Change): void;
  /** Is told that a stage begins, by its number, before anything is done. Default: nobody. */
  onStage?(index: number): void;
}
