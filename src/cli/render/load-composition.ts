import { type Composition, readComposition } from "../../render/read-composition.js";
import { type Json } from "../../yaml/index.js";
import { fieldIn } from "./field-path.js";
import { place, readFirst } from "./manifest-file.js";

/** The Composition of a file. @throws Error that names the file, and the line as far as it is known */
export function loadComposition(cwd: string, file: string): Composition {
  const manifest = readFirst(cwd, file);
  try {
    return readComposition(manifest.document.value);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`cannot load Composition from ${place(manifest, fieldIn(message))}: ${message}`, { cause: error });
  }
}

/**
 * Checks that an XR may be composed by a Composition.
 *
 * @throws Error naming the field that speaks against it
 */
export function checkComposition(composition: Composition, xr: Readonly<Record<string, Json>>): void {
  const { name, labels, compositeTypeRef: ref } = composition;
  const mismatch = (["kind", "apiVersion"] as const).find((field) => ref[field] !== xr[field]);
  if (mismatch) {
    throw new Error(
      `composition's compositeTypeRef.${mismatch} (${ref[mismatch]}) does not match XR's ${mismatch} (${String(xr[mismatch])})`,
    );
  }
  for (const [key, value] of Object.entries(selectorOf(xr))) {
    const has = labels[key];
    if (has === undefined)
      throw new Error(`composition ${JSON.stringify(name)} is missing required label ${JSON.stringify(key)}`);
    if (has !== value) {
      throw new Error(
        `composition ${JSON.stringify(name)} has incorrect value for label ${JSON.stringify(key)}: want ${JSON.stringify(value)}, got ${JSON.stringify(has)}`,
      );
    }
  }
}

/** The labels by which a modern XR selects its Composition. */
function selectorOf(xr: Readonly<Record<string, Json>>): Readonly<Record<string, string>> {
  const path = ["spec", "crossplane", "compositionSelector", "matchLabels"];
  const labels = path.reduce<Json | undefined>(
    (value, field) => (isRecord(value) ? value[field] : undefined),
    xr as Json,
  );
  const texts = isRecord(labels) ? Object.entries(labels) : [];
  return texts.every(([, value]) => typeof value === "string")
    ? (Object.fromEntries(texts) as Record<string, string>)
    : {};
}

function isRecord(value: Json | undefined): value is Readonly<Record<string, Json>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
