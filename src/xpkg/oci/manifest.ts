import { isDigest } from "./digest.js";
import { type Annotations, type Descriptor, type ImageConfig } from "./image.js";
import { INDEX_TYPES, MANIFEST_TYPES } from "./media-types.js";

export interface Manifest {
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
  readonly annotations: Annotations;
}

export interface IndexManifest {
  readonly manifests: readonly Descriptor[];
  readonly annotations: Annotations;
}

/**
 * Reads the manifest of an image. What is ambiguous is refused, as containerd does: a document that is an index as
 * well, or that gives itself another media type than its descriptor.
 */
export function parseManifest(bytes: Buffer, mediaType: string, from: string): Manifest {
  const json = document(bytes, mediaType, MANIFEST_TYPES, from);
  if ("manifests" in json || !("config" in json) || !Array.isArray(json["layers"])) {
    throw new Error(`cannot use ${from}: its manifest is not one of an image; ${REMEDY}`);
  }
  return {
    config: descriptor(json["config"], from),
    layers: json["layers"].map((layer) => descriptor(layer, from)),
    annotations: annotations(json),
  };
}

/** Reads an index, likewise. */
export function parseIndex(bytes: Buffer, mediaType: string, from: string): IndexManifest {
  const json = document(bytes, mediaType, INDEX_TYPES, from);
  if ("config" in json || "layers" in json || !Array.isArray(json["manifests"])) {
    throw new Error(`cannot use ${from}: its manifest is not an index of images; ${REMEDY}`);
  }
  return { manifests: json["manifests"].map((child) => descriptor(child, from)), annotations: annotations(json) };
}

/** Reads the config of an image that has this many layers. */
export function parseConfig(bytes: Buffer, layers: number, from: string): ImageConfig {
  const json = object(bytes, "config", from) as unknown as Partial<ImageConfig>;
  const diffIds: unknown = json.rootfs?.diff_ids;
  if (typeof json.os !== "string" || typeof json.architecture !== "string" || !Array.isArray(diffIds)) {
    throw new Error(`cannot use ${from}: its config has no os, architecture and rootfs.diff_ids; ${REMEDY}`);
  }
  if (diffIds.length !== layers || !diffIds.every(isDigest)) {
    throw new Error(
      `cannot use ${from}: its manifest has ${layers} layers, and its config ${diffIds.length} diff_ids; ${REMEDY}`,
    );
  }
  return json as ImageConfig;
}

const REMEDY = "it has to be an image of the OCI specification or of Docker's version 2";

function document(bytes: Buffer, mediaType: string, known: readonly string[], from: string): Json {
  const json = object(bytes, "manifest", from);
  const own = json["mediaType"] ?? mediaType;
  if (json["schemaVersion"] !== 2 || !known.includes(mediaType) || own !== mediaType) {
    const said = [mediaType, ...(own === mediaType ? [] : [own])].join(" and ");
    throw new Error(
      `cannot use ${from}: its manifest is version ${json["schemaVersion"]} and of type ${said}; ${REMEDY}`,
    );
  }
  return json;
}

type Json = Readonly<Record<string, unknown>>;

function object(bytes: Buffer, what: string, from: string): Json {
  try {
    const json: unknown = JSON.parse(bytes.toString("utf8"));
    if (typeof json === "object" && json !== null && !Array.isArray(json)) return json as Json;
  } catch {
    // Said below.
  }
  throw new Error(`cannot use ${from}: its ${what} is no JSON object; ${REMEDY}`);
}

function descriptor(value: unknown, from: string): Descriptor {
  const json = value as Partial<Descriptor> | null;
  if (typeof json?.mediaType !== "string" || !isDigest(json.digest) || !Number.isSafeInteger(json.size)) {
    throw new Error(`cannot use ${from}: a descriptor lacks mediaType, size or a digest of sha256; ${REMEDY}`);
  }
  return json as Descriptor;
}

function annotations(json: Json): Annotations {
  return (json["annotations"] as Annotations | null | undefined) ?? {};
}
