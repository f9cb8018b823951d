import { type JsonObject } from "../../wire/index.js";

/** The same object before and after; undefined where it is not there. */
export interface Pair {
  readonly name: string;
  readonly before: JsonObject | undefined;
  readonly after: JsonObject | undefined;
}

/** Pairs objects by group, kind, namespace and name: those of `after` in their order, then what is only before. */
export function pairObjects(before: readonly JsonObject[], after: readonly JsonObject[]): readonly Pair[] {
  const old = new Map(before.map((object) => [nameOf(object), object]));
  const pairs = after.map((object) => ({ name: nameOf(object), before: old.get(nameOf(object)), after: object }));
  const kept = new Set(after.map(nameOf));
  const gone = [...old].filter(([name]) => !kept.has(name));
  return [...pairs, ...gone.map(([name, object]) => ({ name, before: object, after: undefined }))];
}

/** As people write it: `Secret payments/receipts-bucket`, `Bucket.s3.aws.m.upbound.io payments/receipts`. */
function nameOf(object: JsonObject): string {
  const { apiVersion = "", kind = "" } = object;
  const { namespace, name } = (object["metadata"] ?? {}) as { readonly namespace?: string; readonly name?: string };
  const [group] = String(apiVersion).includes("/") ? String(apiVersion).split("/") : [""];
  return `${String(kind)}${group ? `.${group}` : ""} ${namespace ? `${namespace}/` : ""}${name ?? ""}`;
}
