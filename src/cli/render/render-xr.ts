import { PipelineFatal } from "../../render/pipeline-fatal.js";
import { documents } from "../../render/print.js";
import { type Composition } from "../../render/read-composition.js";
import { type Rendered, render } from "../../render/render.js";
import { toStruct } from "../../render/to-struct.js";
import { type JsonObject } from "../../wire/index.js";
import { type Json } from "../../yaml/index.js";
import { fieldIn } from "./field-path.js";
import { type FunctionPool } from "./function-pool.js";
import { checkComposition } from "./load-composition.js";
import { type Inputs } from "./load-inputs.js";
import { type Manifest, objectOf, place } from "./manifest-file.js";
import { type RenderRequest } from "./request.js";

/** What is needed to render an XR, whatever it is from. */
export interface Sources {
  readonly composition: Composition;
  /** Default: none. */
  readonly xrd: JsonObject | undefined;
  /** What admits the XR, where its XRD is the project's. Default: the defaults of `xrd`, and no check. */
  readonly admit?: (
    xr: Readonly<Record<string, Json>>,
    manifest: Manifest,
    warnings: string[],
  ) => Promise<Readonly<Record<string, Json>>>;
}

export interface RenderOptions {
  readonly pool: FunctionPool;
  readonly request: Pick<RenderRequest, "full" | "results" | "context">;
  /** Is given what there is to say of the XR. */
  readonly warnings: string[];
}

/** An XR, rendered. */
export interface RenderedXR {
  /** With its defaults. */
  readonly xr: JsonObject;
  readonly rendered: Rendered;
  /** What is printed. */
  readonly documents: readonly Json[];
}

/**
 * Renders one XR.
 *
 * @throws Error with the file, and the line of the field that it is about, as far as there is one
 */
export async function renderXR(
  manifest: Manifest,
  sources: Sources,
  inputs: Inputs,
  { pool, warnings, request: { full, results, context } }: RenderOptions,
): Promise<RenderedXR> {
  const given = objectOf(manifest);
  const { composition, xrd, admit } = sources;
  checkComposition(composition, given);
  const xr = admit ? await admit(given, manifest, warnings) : await withDefaults(given, xrd);
  const struct = toStruct(xr) as JsonObject;
  try {
    const rendered = await render({
      ...inputs,
      xr: struct,
      composition,
      functions: await pool.of(composition),
      ...(xrd && { xrd }),
    });
    return { xr: struct, rendered, documents: documents(rendered, { results, context, ...(full && { xr }) }) };
  } catch (error) {
    throw located(error, manifest);
  }
}

async function withDefaults(
  xr: Readonly<Record<string, Json>>,
  xrd: JsonObject | undefined,
): Promise<Readonly<Record<string, Json>>> {
  if (!xrd) return xr;
  const { applyDefaults } = await import("../../admission/apply-defaults.js");
  return applyDefaults(xrd, xr) as Readonly<Record<string, Json>>;
}

/** What a function refuses is most often a field of the XR, which its message names. */
function located(error: unknown, manifest: Manifest): unknown {
  if (error instanceof PipelineFatal) {
    const where = isThere(manifest, fieldIn(error.message)) ? place(manifest, fieldIn(error.message)) : manifest.file;
    return new Error(`cannot render ${where}: ${error.message}`, { cause: error });
  }
  const message = error instanceof Error ? error.message : String(error);
  return new Error(`cannot render ${manifest.file}: ${message}`, { cause: error });
}

function isThere({ document }: Manifest, path: readonly (string | number)[]): boolean {
  const found = path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null ? (value as Record<string | number, unknown>)[key] : undefined,
    document.value,
  );
  return path.length > 0 && found !== undefined;
}
