import { type JsonObject } from "../wire/index.js";
import { type Reader } from "./cluster.js";
import { connectionSecretOf } from "./composite-fields.js";
import { isObject, namespaceOf } from "./unstructured.js";

export type ConnectionDetails = Readonly<Record<string, Uint8Array>>;

/**
 * The data of the Secret that an object writes its connection details to; none if it has no such Secret, or it is not
 * there. An object of a namespace writes to its own.
 */
export function connectionDetails(store: Reader, owner: JsonObject): ConnectionDetails {
  const ref = connectionSecretOf(owner);
  if (ref === undefined) return {};
  return secretData(store, namespaceOf(owner) || ref.namespace, ref.name) ?? {};
}

/**
 * The data of a Secret, decoded; undefined if it is not there.
 *
 * @throws Error where a value is not base64. The value is not repeated.
 */
export function secretData(store: Reader, namespace: string, name: string): ConnectionDetails | undefined {
  const secret = store.get({ group: "", version: "v1", kind: "Secret" }, namespace, name);
  if (secret === undefined) return undefined;
  const { data } = secret;
  if (data === undefined || data === null) return {};
  const where = `Secret ${namespace}/${name}`;
  if (!isObject(data)) throw new Error(`cannot read ${where}: data must be an object`);
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => {
      if (value === null) return [key, new Uint8Array()];
      if (typeof value !== "string" || !isBase64(value)) {
        throw new Error(`cannot read ${where}: data.${key} must be base64`);
      }
      return [key, Buffer.from(value, "base64")];
    }),
  );
}

/** Whether a value is a text that Go reads as base64, which may have line breaks in it. */
export function isBase64(value: unknown): boolean {
  if (typeof value !== "string") return false;
  const packed = value.replace(/[\r\n]/g, "");
  return packed.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(packed);
}
