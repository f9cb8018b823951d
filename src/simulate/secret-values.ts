import { type Resource } from "../resource/resource.js";
import { type Mask, masker } from "../resource/secrets.js";
import { type JsonObject } from "../wire/index.js";
import { type Change } from "./api/change.js";

/** Every version of a Secret that there has been in a simulation, for a mask of what must not be shown. */
export class SecretValues {
  readonly #secrets: JsonObject[] = [];

  changed({ type, object, before }: Change): void {
    if (object["kind"] !== "Secret" || object["apiVersion"] !== "v1") return;
    if (type !== "Deleted" && object["data"] !== before?.["data"]) this.#secrets.push(object);
  }

  /** @param clear objects in whose spec or status a value that stands there is no secret */
  mask(clear: readonly JsonObject[]): Mask {
    return masker({ details: [], objects: resources(this.#secrets), clear: resources(clear) });
  }
}

const resources = (objects: readonly JsonObject[]) => objects as unknown as readonly Resource[];
