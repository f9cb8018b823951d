import { compositionOf, PIPELINE, servedFunctions, XR } from "./defaults.js";
import { type Content, type RenderCase } from "./render-case.js";

/** What a case writes to its folder, by path. */
export function filesOf(one: RenderCase): Readonly<Record<string, string | Uint8Array>> {
  const { xr = XR, xrd, observed, required, credentials, functions = servedFunctions(), files = {} } = one;
  const contents: Readonly<Record<string, Content | undefined>> = {
    "xr.yaml": xr,
    "composition.yaml": composition(one),
    "functions.yaml": functions,
    "xrd.yaml": xrd,
    "observed.yaml": observed,
    "required.yaml": required,
    "credentials.yaml": credentials,
    ...files,
  };
  return Object.fromEntries(
    Object.entries(contents).flatMap(([path, content]) => (content === undefined ? [] : [[path, textOf(content)]])),
  );
}

/** What follows `composition render` on the command line of a case. */
export function argumentsOf({ args, xrd, observed, required, credentials, flags = [] }: RenderCase): readonly string[] {
  if (args) return args;
  return [
    ...["xr.yaml", "composition.yaml", "functions.yaml"],
    ...(xrd === undefined ? [] : ["--xrd=xrd.yaml"]),
    ...(observed === undefined ? [] : ["--observed-resources=observed.yaml"]),
    ...(required === undefined ? [] : ["--required-resources=required.yaml"]),
    ...(credentials === undefined ? [] : ["--function-credentials=credentials.yaml"]),
    ...flags,
  ];
}

function composition({ xr = XR, composition, pipeline = PIPELINE }: RenderCase): Content {
  if (typeof composition === "string" || Array.isArray(composition)) return composition;
  const type = isTyped(xr) ? xr : XR;
  const made = compositionOf(type, pipeline);
  const { metadata = {}, spec = {}, ...rest } = (composition ?? {}) as { metadata?: object; spec?: object };
  return { ...made, ...rest, metadata: { ...made.metadata, ...metadata }, spec: { ...made.spec, ...spec } };
}

function isTyped(content: Content): content is { apiVersion: string; kind: string } {
  return "apiVersion" in Object(content) && "kind" in Object(content);
}

function textOf(content: Content): string | Uint8Array {
  if (typeof content === "string" || content instanceof Uint8Array) return content;
  const objects = Array.isArray(content) ? content : [content];
  return objects.map((object) => `---\n${jsonOf(object)}\n`).join("");
}

/** JSON that YAML reads as the same: what would break a line there, or is not allowed, is escaped. */
function jsonOf(object: unknown): string {
  return JSON.stringify(object, null, 2).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
