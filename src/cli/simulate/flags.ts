import { type ArgsDef } from "citty";
import { FLAGS as RENDER } from "../render/flags.js";

/** The flags of `trimtab simulate`. Those of `trimtab render` that make sense here have the same names. */
export const FLAGS = {
  until: {
    type: "string",
    valueHint: "settled|ready|gone|duration",
    default: "settled",
    description: "What the last stage waits for. Those before it wait until nothing happens any more.",
  },
  limit: {
    type: "string",
    valueHint: "duration",
    default: "1h",
    description: "The most simulated time that a stage may take.",
  },
  // biome-ignore lint/suspicious/noThenProperty: it is the name of a flag; nobody awaits this.
  then: {
    type: "string",
    valueHint: "path|delete|delete:foreground",
    description:
      "A further stage: applies a file or folder, or deletes what was applied. May be repeated, and mixed with --upgrade.",
  },
  upgrade: {
    type: "string",
    valueHint: "path",
    description:
      "A further stage: replaces the platform by another version of the project, or by Compositions, XRDs and Functions of YAML; exit with 1 if that deletes or recreates something. May be repeated.",
  },
  faults: { type: "string", valueHint: "path", description: "A file of what goes wrong on purpose." },
  "observed-resources": {
    ...RENDER["observed-resources"],
    description: "A file or folder of the state to start from: XRs and what they compose. Default: nothing.",
  },
  "required-resources": {
    ...RENDER["required-resources"],
    description: "A file or folder of objects that lie in the cluster from the start. May be repeated.",
  },
  "required-schemas": RENDER["required-schemas"],
  xrd: { ...RENDER.xrd, description: "The XRD of the XR, where there is no project that has it." },
  crds: {
    ...RENDER.crds,
    description: "CRDs and XRDs to admit objects with, as an API server would. May be repeated.",
  },
  "function-credentials": RENDER["function-credentials"],
  timeout: RENDER.timeout,
  function: RENDER.function,
  watch: { ...RENDER.watch, description: "Simulate again whenever a file changes." },
  output: {
    type: "enum",
    options: ["text", "json", "yaml", "junit", "html"],
    default: "text",
    description:
      "What stdout is: a timeline, a report in JSON, the objects at the end, a report for CI in JUnit's XML, or a page.",
  },
  quiet: { ...RENDER.quiet, description: "Say nothing on stderr of how far it is, and of faults that strike nothing." },
} as const satisfies ArgsDef;
