import { type ArgsDef } from "citty";

/** The flags of `crossplane composition render`, by their names there, and those that only Trimtab has. */
export const FLAGS = {
  "include-full-xr": {
    type: "boolean",
    alias: "x",
    description: "Print all of the XR that was given, with what Crossplane writes over it.",
  },
  "include-function-results": { type: "boolean", alias: "r", description: "Print events, as objects of kind Result." },
  "include-context": {
    type: "boolean",
    alias: "c",
    description: "Print the context that the pipeline left, as an object of kind Context.",
  },
  "observed-resources": {
    type: "string",
    alias: "o",
    valueHint: "path",
    description: "A file or folder of what the XR composes now. Default: nothing.",
  },
  "required-resources": {
    type: "string",
    alias: "e",
    valueHint: "path",
    description: "A file or folder of objects that functions may require. May be repeated.",
  },
  "extra-resources": { type: "string", valueHint: "path", description: "The older name of --required-resources." },
  "required-schemas": {
    type: "string",
    alias: "s",
    valueHint: "folder",
    description: "OpenAPI v3 documents in JSON that functions may require schemas of.",
  },
  xrd: {
    type: "string",
    valueHint: "path",
    description: "The XRD of the XR, for defaults and whether it is a legacy one.",
  },
  "context-files": {
    type: "string",
    valueHint: "key=path;…",
    description: "Files of YAML or JSON for the context. May be repeated.",
  },
  "context-values": {
    type: "string",
    valueHint: "key=value;…",
    description: "YAML or JSON for the context, over that of files. May be repeated.",
  },
  "function-credentials": {
    type: "string",
    valueHint: "path",
    description: "A file or folder of Secrets that steps take credentials from.",
  },
  "function-annotations": {
    type: "string",
    alias: "a",
    valueHint: "key=value",
    description: "An annotation for each Function, over its own. May be repeated.",
  },
  timeout: {
    type: "string",
    valueHint: "duration",
    default: "1m",
    description: "How long functions that listen elsewhere may take in all.",
  },
  function: {
    type: "string",
    valueHint: "name=host:port",
    description: "Where a Function listens, without TLS. May be repeated.",
  },
  crds: {
    type: "string",
    valueHint: "path",
    description: "CRDs and XRDs to check with what is composed. May be repeated.",
  },
  diff: {
    type: "string",
    valueHint: "path",
    description:
      "Print how the output differs from an earlier one, or from objects of a cluster; exit with 1 if it does.",
  },
  redact: { type: "boolean", description: "Mask the values of Secrets and connection details." },
  watch: { type: "boolean", alias: "w", description: "Render again whenever a file changes." },
  output: {
    type: "enum",
    options: ["yaml", "json", "junit"],
    default: "yaml",
    description: "What stdout is: the objects, a report in JSON, or one for CI in JUnit's XML.",
  },
  quiet: {
    type: "boolean",
    alias: "q",
    description: "Say nothing on stderr of what waits, is deleted or is warned of.",
  },
} as const satisfies ArgsDef;

/** Flags that say how the real one runs; here they have no effect, so that a script can stay as it is. */
export const WITHOUT_EFFECT = {
  verbose: { type: "boolean", description: "Of crossplane; no effect here." },
  config: { type: "string", valueHint: "path", description: "Of crossplane; no effect here." },
  "crossplane-version": { type: "string", valueHint: "version", description: "Of crossplane; no effect here." },
  "crossplane-image": { type: "string", valueHint: "image", description: "Of crossplane; no effect here." },
  "crossplane-binary": { type: "string", valueHint: "path", description: "Of crossplane; no effect here." },
  "crossplane-docker-network": { type: "string", valueHint: "name", description: "Of crossplane; no effect here." },
  "cache-dir": { type: "string", valueHint: "folder", description: "Of crossplane; no effect here." },
  "max-concurrency": { type: "string", valueHint: "number", description: "Of crossplane; no effect here." },
  "project-file": { type: "string", alias: "f", valueHint: "path", description: "Of crossplane; no effect here." },
} as const satisfies ArgsDef;
