import { isObject, nameOf } from "../../render/unstructured.js";
import { type JsonObject } from "../../wire/index.js";
import { listed, nearest } from "../nearest.js";
import { matcher } from "./matcher.js";
import { type View } from "./view.js";
import { type Asymmetric, isAsymmetric, shown } from "./wanted.js";

/**
 * Whether a v1 Secret is desired, by its composition resource name or its metadata.name, that has exactly these keys, each
 * with a value. `expect.arrayContaining` asks for some of the keys. No value is ever shown.
 */
export const toPublishSecret = matcher((view, isNot, name: string, keys?: readonly string[] | Asymmetric) => {
  const secrets = view.composed.filter(({ object }) => object["apiVersion"] === "v1" && object["kind"] === "Secret");
  const found = secrets.find(({ key, object }) => key === name || nameOf(object) === name);
  const has = found ? dataOf(found.object) : {};
  const full = Object.keys(has)
    .filter((key) => has[key] !== "")
    .sort();
  const empty = Object.keys(has).filter((key) => has[key] === "");
  return {
    holds: found !== undefined && empty.length === 0 && fitsKeys(full, keys),
    says: () => {
      if (isNot)
        return `expected no Secret ${name}${keys ? ` with the keys ${wantedKeys(keys)}` : ""}, and there is one`;
      if (!found) return absent(name, view, secrets);
      const blank = empty.length > 0 ? `; empty is ${listed(empty)}` : "";
      return `expected the Secret ${name} to have ${keys ? `the keys ${wantedKeys(keys)}` : "values"}; ${apart(full, keys)}${blank}`;
    },
  };
});

function dataOf(object: JsonObject): JsonObject {
  const { data, stringData } = object;
  return { ...(isObject(data) && data), ...(isObject(stringData) && stringData) };
}

function fitsKeys(has: readonly string[], keys: readonly string[] | Asymmetric | undefined): boolean {
  if (keys === undefined) return has.length > 0;
  if (isAsymmetric(keys)) return keys.asymmetricMatch(has);
  return has.length === new Set(keys).size && keys.every((key) => has.includes(key));
}

function apart(has: readonly string[], keys: readonly string[] | Asymmetric | undefined): string {
  if (keys === undefined || isAsymmetric(keys)) return has.length > 0 ? `it has ${listed(has)}` : "it has none";
  const missing = keys.filter((key) => !has.includes(key));
  const more = has.filter((key) => !keys.includes(key));
  return [
    ...(missing.length > 0 ? [`missing is ${listed(missing)}`] : []),
    ...(more.length > 0 ? [`besides there is ${listed(more)}`] : []),
  ].join("; ");
}

const wantedKeys = (keys: readonly string[] | Asymmetric) => (isAsymmetric(keys) ? shown(keys) : listed(keys));

function absent(name: string, { composed, waiting }: View, secrets: View["composed"]): string {
  const waits = waiting.find((each) => each.key === name);
  const other = composed.find((each) => each.key === name)?.object;
  if (other) return `expected ${name} to be a Secret, and it is a ${String(other["kind"])}`;
  const names = secrets.flatMap(({ key, object }) => [key, ...(nameOf(object) === "" ? [] : [nameOf(object)])]);
  const why = waits ? `: it waits for ${waits.what}` : "";
  return `expected a Secret ${name}, and there is none${why}; of Secrets ${nearest(name, names)}`;
}
