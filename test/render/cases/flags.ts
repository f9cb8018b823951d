import { CONFIG_MAP, PIPELINE, XR } from "../both/defaults.js";
import { type RenderCase, type RenderCases } from "../both/render-case.js";

const FILES = ["xr.yaml", "composition.yaml", "functions.yaml"];
const said = [{ script: { results: [{ severity: "Normal", message: "said" }] } }, ...PIPELINE];

/** A case of a command line. */
const flags = (reason: string, flags: readonly string[], rest: Partial<RenderCase> = {}): RenderCase => ({
  reason,
  pipeline: said,
  flags,
  ...rest,
});

const wrong = (reason: string, args: readonly string[], says: RegExp): RenderCase => ({
  reason,
  args,
  files: { "env.yaml": "a: 1\n" },
  code: 80,
  says,
});

/** The command line. */
export const commandLines: RenderCases = {
  "short flags, joined": flags("-xrc is -x -r -c", ["-xrc"]),
  "short flags in another order": flags("the order means nothing", ["-crx"]),
  "long flags": flags("the same", ["--include-full-xr", "--include-function-results", "--include-context"]),
  "a flag twice": flags("once is as good", ["-r", "-r", "--include-function-results"]),
  "flags before the arguments": { reason: "anywhere", pipeline: said, args: ["-r", ...FILES] },
  "flags between the arguments": {
    reason: "anywhere",
    pipeline: said,
    args: ["xr.yaml", "-r", "composition.yaml", "-x", "functions.yaml"],
  },
  "a boolean with a value": flags("true and false", ["--include-function-results=true", "--include-full-xr=false"]),
  "a boolean that is taken back": flags("the later one counts", ["-r", "--include-function-results=false"]),
  "a boolean with another value": wrong(
    "neither true nor false",
    [...FILES, "--include-full-xr=maybe"],
    /include-full-xr/,
  ),
  "a boolean of one letter with a value": wrong("the equals sign is no flag", [...FILES, "-x=1"], /-=|-x/),
  "a value joined to its short flag": flags("-orequired is -o required", ["-oo.yaml"], {
    files: {
      "o.yaml": {
        ...CONFIG_MAP,
        metadata: {
          name: "x1",
          namespace: "default",
          annotations: { "crossplane.io/composition-resource-name": "config" },
        },
      },
    },
  }),
  "a value after its flag": flags("as with an equals sign", ["--observed-resources", "o.yaml"], {
    files: {
      "o.yaml": {
        ...CONFIG_MAP,
        metadata: {
          name: "x1",
          namespace: "default",
          annotations: { "crossplane.io/composition-resource-name": "config" },
        },
      },
    },
  }),
  "a short flag with an equals sign": flags("it is part of the value", ["-o=o.yaml"], {
    code: 1,
    says: /=o\.yaml/,
    files: {
      "o.yaml": {
        ...CONFIG_MAP,
        metadata: {
          name: "x1",
          namespace: "default",
          annotations: { "crossplane.io/composition-resource-name": "config" },
        },
      },
    },
  }),
  "joined short flags, the last with a value": flags("-xro FILE", ["-xro", "o.yaml"], {
    files: {
      "o.yaml": {
        ...CONFIG_MAP,
        metadata: {
          name: "x1",
          namespace: "default",
          annotations: { "crossplane.io/composition-resource-name": "config" },
        },
      },
    },
  }),
  "a flag with a value twice": flags("the later one counts", ["-o", "none.yaml", "-o", "o.yaml"], {
    files: {
      "o.yaml": {
        ...CONFIG_MAP,
        metadata: {
          name: "x1",
          namespace: "default",
          annotations: { "crossplane.io/composition-resource-name": "config" },
        },
      },
    },
  }),
  "two dashes": { reason: "what follows are arguments", pipeline: said, args: ["-r", "--", ...FILES] },
  "two dashes before a flag": wrong("an argument too many", [...FILES, "--", "-r"], /-r/),
  "an unknown flag": wrong("it is named", [...FILES, "--frobnicate"], /frobnicate/),
  "an unknown short flag": wrong("it is named", [...FILES, "-z"], /-z/),
  "an unknown flag among short ones": wrong("it is named", [...FILES, "-xz"], /-z|-xz/),
  "a flag in another case": wrong("it is unknown", [...FILES, "--XRD=a"], /XRD/),
  "a beginning of a flag": wrong("it is unknown", [...FILES, "--include-full"], /include-full/),
  "a flag without its value": wrong("it needs one", [...FILES, "-o"], /observed-resources|-o/),
  "a flag before a flag": wrong("a flag is no value", [...FILES, "-o", "-r"], /observed-resources|-o/),
  "a value that is empty": flags("it is the folder itself, whose files are none of these", ["--observed-resources="], {
    code: 1,
    says: /observed/,
  }),
  "no arguments": wrong("the first one is named", [], /composite-resource|XR|arguments?/i),
  "one argument": wrong("the second one is named", ["xr.yaml"], /composition/i),
  "four arguments": wrong("the last one is too many", [...FILES, "env.yaml"], /env\.yaml/),
  "a timeout": flags("it is a duration of Go", ["--timeout=1m30s"]),
  "a timeout of fractions": flags("it is a duration of Go", ["--timeout", "2.5h"]),
  "a timeout without a unit": wrong("it is no duration", [...FILES, "--timeout=30"], /timeout/),
  "a timeout that is a word": wrong("it is no duration", [...FILES, "--timeout=soon"], /timeout/),
  "a timeout of nothing": flags("it is over at once", ["--timeout=0s"], { code: 1 }),
  "a timeout that is negative": flags("it is over at once", ["--timeout=-1s"], { code: 1 }),
  "a path with dots": {
    reason: "paths are of the folder",
    args: ["./xr.yaml", "./a/../composition.yaml", "functions.yaml"],
    files: { "a/b": "" },
  },
  "a path with spaces and accents": {
    reason: "as any",
    files: { "ein Ding/Käse.yaml": XR },
    args: ["ein Ding/Käse.yaml", "composition.yaml", "functions.yaml"],
  },
  "an empty path": wrong("there is no such file", ["", "composition.yaml", "functions.yaml"], /./),
};
