import { isObject } from "../../render/unstructured.js";
import { encodeBase64 } from "../../resource/base64.js";
import { equal } from "../../schema/json.js";
import { type Problem } from "../../schema/problem.js";
import { type JsonObject, type JsonValue } from "../../wire/index.js";

/**
 * A Secret, ConfigMap or ServiceAccount as the API server keeps it: with its defaults, without fields that are empty,
 * and with stringData in data.
 */
export function readNative(object: JsonObject): JsonObject {
  const read = object["kind"] === "Secret" ? readSecret(object) : object;
  const entries = Object.entries(read);
  const kept = entries.filter(([name, value]) => name === "metadata" || !isEmpty(value));
  return kept.length === entries.length ? read : Object.fromEntries(kept);
}

/** What must not change in a Secret or ConfigMap. */
export function changeProblems(object: JsonObject, old: JsonObject): readonly Problem[] {
  const problems: Problem[] = [];
  if (object["kind"] === "Secret" && object["type"] !== old["type"]) {
    problems.push({ path: "type", message: "field is immutable" });
  }
  if (old["immutable"] !== true) return problems;
  const says = "Forbidden: field is immutable when `immutable` is set";
  if (object["immutable"] !== true) problems.push({ path: "immutable", message: says });
  for (const field of ["data", "binaryData"]) {
    if (!equal(object[field], old[field])) problems.push({ path: field, message: says });
  }
  return problems;
}

function readSecret({ stringData, ...object }: JsonObject): JsonObject {
  const type = object["type"] === undefined || object["type"] === "" ? "Opaque" : object["type"];
  if (!isObject(stringData)) return object["type"] === type && stringData === undefined ? object : { ...object, type };
  const texts = Object.entries(stringData).map(([key, text]) => [key, encodeBase64(String(text))] as const);
  return { ...object, type, data: { ...(isObject(object["data"]) && object["data"]), ...Object.fromEntries(texts) } };
}

function isEmpty(value: JsonValue): boolean {
  if (value === null || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}
