import { PipelineFatal } from "../../render/pipeline-fatal.js";
import { documents } from "../../render/print.js";
import { type Composition } from "../../render/read-composition.js";
import { type Rendered, render } from "../../render/render.js";
import { toStruct } from "../../render/to-struct.js";
import { type JsonObject } from "../../wire/index.js";
import { type Json } from "../../yaml/index.js";
import { type FunctionPool } from "./function-pool.js";
import { checkComposition, pathIn } from "./load-composition.js";
import { type Inputs } from "./load-inputs.js";
import { type Manifest, objectOf, place } from "./manifest-file.js";
import { type RenderRequest } from "./request.js";

/** What is needed to render an XR, whatever it is from. */
export interface Sources {
  readonly composition: Composition;
  /** Default: none. */
  readonly xrd: JsonObject | undefined;
  /** What admits the XR, where its XRD is the project's. Default: the defaults of `xrd`, and no check. */
  readonly admit?: (xr: Readonly<Record<string, Json>>, manifest: Manifest) => Promise<Readonly<Record<string, Json>>>;
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
  pool: FunctionPool,
  { full, results, context }: RenderRequest,
): Promise<RenderedXR> {
  const given = objectOf(manifest);
  const { composition, xrd, admit } = sources;
  checkComposition(composition, given);
  const xr = admit ? await admit(given, manifest) : await withDefaults(given, xrd);
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
  if (!(error instanceof PipelineFatal)) return error;
  const path = pathIn(error.message);
  const where = path.length > 0 ? place(manifest, path) : manifest.file;
  return new Error(`cannot render ${where}: ${error.message}`, { cause: error });
}
