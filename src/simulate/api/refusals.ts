import { gvkOf, nameOf } from "../../render/unstructured.js";
import { explain, type Problem } from "../../schema/problem.js";
import { type JsonObject } from "../../wire/index.js";
import { ApiError } from "./api-error.js";
import { type Kind } from "./kind.js";

// What an API server says when it refuses.

export function notFound({ resource }: Kind, name: string): ApiError {
  return new ApiError("NotFound", `${resource} ${JSON.stringify(name)} not found`);
}

/** Of a path that is none, such as the status of a kind that has none. */
export function noSuchResource(): ApiError {
  return new ApiError("NotFound", "the server could not find the requested resource");
}

export function alreadyExists({ resource }: Kind, name: string): ApiError {
  return new ApiError("AlreadyExists", `${resource} ${JSON.stringify(name)} already exists`);
}

export function conflict({ resource }: Kind, name: string, why: string): ApiError {
  const message = `Operation cannot be fulfilled on ${resource} ${JSON.stringify(name)}: ${why}`;
  return new ApiError("Conflict", message);
}

export function outdated(kind: Kind, name: string): ApiError {
  const why = "the object has been modified; please apply your changes to the latest version and try again";
  return conflict(kind, name, why);
}

export function otherUid(kind: Kind, name: string, wanted: string, uid: string): ApiError {
  return conflict(kind, name, `Precondition failed: UID in precondition: ${wanted}, UID in object meta: ${uid}`);
}

export function invalid(object: JsonObject, problems: readonly Problem[]): ApiError {
  const { group, kind } = gvkOf(object);
  const what = group === "" ? kind : `${kind}.${group}`;
  const message = `${what} ${JSON.stringify(nameOf(object))} is invalid: ${explain(problems, "; ")}`;
  return new ApiError("Invalid", message);
}

/** An intent that does not fit the schema, which is refused before it is merged. */
export function unfit(object: JsonObject, namespace: string, problems: readonly string[]): ApiError {
  const { kind } = gvkOf(object);
  const what = `${namespace}/${nameOf(object)}; ${String(object["apiVersion"])}, Kind=${kind}`;
  const list =
    problems.length === 1 ? problems[0] : ["errors:", ...problems.map((problem) => `  ${problem}`)].join("\n");
  return new ApiError("InternalError", `failed to create typed patch object (${what}): ${list}`);
}
