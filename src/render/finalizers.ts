import { type JsonObject } from "../wire/index.js";
import { valueAt, withValue } from "./unstructured.js";

const FINALIZERS = ["metadata", "finalizers"];

export function finalizersOf(object: JsonObject): readonly string[] {
  const finalizers = valueAt(object, FINALIZERS);
  return Array.isArray(finalizers) ? finalizers.filter((each): each is string => typeof each === "string") : [];
}

/** The object with a finalizer; the same object if it has it. */
export function withFinalizer(object: JsonObject, finalizer: string): JsonObject {
  const finalizers = finalizersOf(object);
  return finalizers.includes(finalizer) ? object : withValue(object, FINALIZERS, [...finalizers, finalizer]);
}

/** The object without a finalizer; the same object if it has it not. */
export function withoutFinalizer(object: JsonObject, finalizer: string): JsonObject {
  const finalizers = finalizersOf(object);
  if (!finalizers.includes(finalizer)) return object;
  const others = finalizers.filter((each) => each !== finalizer);
  return withValue(object, FINALIZERS, others.length > 0 ? others : undefined);
}
