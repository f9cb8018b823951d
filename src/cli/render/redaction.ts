import { type Rendered } from "../../render/index.js";
import { type Resource } from "../../resource/resource.js";
import { type Mask, masker } from "../../resource/secrets.js";
import { type JsonObject } from "../../wire/index.js";
import { type Json } from "../../yaml/index.js";
import { type Inputs } from "./load-inputs.js";

/**
 * A mask of what is secret in a render: the data of Secrets, given or composed, unless it stands in clear in the XR or in
 * what is observed.
 *
 * @param xr as it was given
 * @param others objects that are shown as well
 */
export function redaction(
  { observed, required, credentials }: Inputs,
  { composite, composed }: Rendered,
  xr: JsonObject,
  others: readonly JsonObject[],
): Mask {
  const resources = (objects: readonly JsonObject[]) => objects as unknown as readonly Resource[];
  const secrets = credentials.map((object) => ({ ...object, apiVersion: "v1", kind: "Secret" }));
  return masker({
    details: [],
    objects: resources([...observed, ...required, ...secrets, ...composed, ...others]),
    clear: resources([xr, composite, ...observed]),
  });
}

/** A value with every text in it masked. */
export function redact(value: Json, mask: Mask): Json {
  if (typeof value === "string") return mask(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item: Json) => redact(item, mask));
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, redact(entry as Json, mask)]));
}
