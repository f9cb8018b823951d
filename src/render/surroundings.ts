import { type JsonObject } from "../wire/index.js";
import { type Store } from "./store.js";

/** What a reconcile finds around the XR. */
export interface Surroundings {
  readonly store: Store;
  /** OpenAPI v3 documents. */
  readonly openapi: readonly JsonObject[];
}
