import { type Propagation } from "../../../src/simulate/api/client.js";
import { type JsonObject } from "../../../src/wire/index.js";

type Awaitable<T> = T | Promise<T>;

/** What objects are written to, in the namespace `default`. */
export interface Cluster {
  get(object: JsonObject): Awaitable<Outcome>;
  create(object: JsonObject, manager: string): Awaitable<Outcome>;
  update(object: JsonObject, manager: string, subresource?: "status"): Awaitable<Outcome>;
  apply(object: JsonObject, manager: string, subresource?: "status"): Awaitable<Outcome>;
  delete(object: JsonObject, propagation: Propagation | undefined): Awaitable<Outcome>;
}

/** An answer: an object, or the reason of a refusal. */
export type Outcome =
  | { readonly object: JsonObject }
  | { readonly refused: string; readonly message: string; readonly code?: number };
