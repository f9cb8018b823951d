import { occurrences } from "../check-arguments.js";
import { command } from "../command.js";
import { type IO } from "../io.js";
import { UsageError } from "../usage-error.js";

/** `trimtab validate FILE…` */
export function validate(io: IO) {
  const args = {
    "file…": {
      type: "positional",
      description: "YAML or JSON files of objects, XRDs and CRDs, or folders of them.",
    },
    crds: {
      type: "string",
      valueHint: "path",
      description: "A file or folder of XRDs and CRDs to validate against; may be given several times.",
    },
    strict: { type: "boolean", description: "Fail also for what is unchecked, and for fields that would be dropped." },
    output: { type: "string", alias: "o", valueHint: "format", description: "text (the default), json or junit." },
  } as const;
  return command({
    name: "validate",
    description: "Check objects against XRDs and CRDs, as the API server would.",
    args,
    async run({ _: files, output = "text", strict }, raw) {
      if (!FORMATS.includes(output)) {
        throw new UsageError(`--output ${JSON.stringify(output)} is none of ${FORMATS.join(", ")}`);
      }
      const { validateFiles } = await import("./validate-files.js");
      const { printed } = await import("./printed.js");
      const { passes } = await import("./report.js");
      const report = await validateFiles({ files, crds: occurrences(raw, args, "crds"), cwd: io.cwd });
      const isStrict = strict === true;
      const isColored = io.stdout.isTTY === true && io.env["NO_COLOR"] === undefined;
      io.stdout.write(printed(report, { format: output as "text", isStrict, isColored }));
      return passes(report.summary, isStrict) ? 0 : 1;
    },
  });
}

const FORMATS: readonly string[] = ["text", "json", "junit"];
