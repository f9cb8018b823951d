import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { isBase64 } from "../../render/connection-details.js";
import { toStruct } from "../../render/to-struct.js";
import { type JsonObject } from "../../wire/index.js";
import { readYAML } from "../../yaml/index.js";
import { jsonFilesBelow } from "./json-files-below.js";
import { loading } from "./loading.js";
import { type Manifest, objectOf, place, readStream } from "./manifest-file.js";
import { type RenderRequest } from "./request.js";

/** What a reconcile finds around an XR. */
export interface Inputs {
  readonly observed: readonly JsonObject[];
  readonly required: readonly JsonObject[];
  readonly credentials: readonly JsonObject[];
  readonly openapi: readonly JsonObject[];
  readonly context: JsonObject;
}

/** The flags that name what is around an XR. */
export type InputPaths = Pick<
  RenderRequest,
  "credentials" | "observed" | "required" | "extra" | "schemas" | "contextFiles" | "contextValues"
>;

/** Reads what flags name. @throws Error that names the file */
export function loadInputs(cwd: string, request: InputPaths): Inputs {
  const { credentials, observed, required, extra, schemas } = request;
  const objects = (what: string, path: string) => loading(what, path, () => readStream(cwd, path).map(structOf));
  return {
    credentials: credentials === undefined ? [] : loading("secrets", credentials, () => secrets(cwd, credentials)),
    observed: observed === undefined ? [] : objects("observed composed resources", observed),
    required: [
      ...required.flatMap((path) => objects("required resources", path)),
      ...extra.flatMap((path) => objects("extra resources", path)),
    ],
    openapi: schemas === undefined ? [] : loading("required schemas", schemas, () => openapi(cwd, schemas)),
    context: context(cwd, request),
  };
}

/** An empty document is an object of nothing. */
function structOf(manifest: Manifest): JsonObject {
  return manifest.document.value === null ? {} : (toStruct(objectOf(manifest)) as JsonObject);
}

/** A document of credentials need not say that it is a Secret. */
function secrets(cwd: string, path: string): readonly JsonObject[] {
  return readStream(cwd, path).map((manifest) => {
    const value = toStruct(manifest.document.value) ?? {};
    if (typeof value !== "object" || Array.isArray(value)) {
      throw new Error(`${place(manifest)}: there is no object, with apiVersion and kind`);
    }
    const secret = value as JsonObject;
    const wrong = Object.entries(secret["data"] ?? {}).find(([, entry]) => entry !== null && !isBase64(entry));
    if (wrong) throw new Error(`${place(manifest, ["data", wrong[0]])}: data.${wrong[0]} must be base64`);
    return secret;
  });
}

function openapi(cwd: string, folder: string): readonly JsonObject[] {
  const files = jsonFilesBelow(cwd, folder);
  if (files.length === 0) throw new Error(`no JSON files found in ${folder}`);
  return files.map((file) => {
    const value = loading(
      "an OpenAPI document",
      file,
      () => JSON.parse(readFileSync(resolve(cwd, file), "utf8")) as unknown,
    );
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as JsonObject;
    throw new Error(`${file} is no OpenAPI document: it holds no object`);
  });
}

function context(cwd: string, { contextFiles, contextValues }: InputPaths): JsonObject {
  const files = [...contextFiles].map(([key, file]) => {
    const what = `context value for key ${JSON.stringify(key)}`;
    return [key, loading(what, file, () => readFileSync(resolve(cwd, file), "utf8"))] as const;
  });
  const texts = new Map([...files, ...contextValues]);
  const values = [...texts].map(([key, text]) => {
    const where = contextValues.has(key) ? "--context-values" : (contextFiles.get(key) ?? "");
    const what = `context value for key ${JSON.stringify(key)}`;
    return [key, loading(what, where, () => toStruct(readYAML(text).value))] as const;
  });
  return Object.fromEntries(values);
}
