import { type JsonObject } from "../wire/index.js";
import { type Reader } from "./cluster.js";

/** What a reconcile finds around the XR. */
export interface Surroundings {
  readonly store: Reader;
  /** OpenAPI v3 documents. */
  readonly openapi: readonly JsonObject[];
}
