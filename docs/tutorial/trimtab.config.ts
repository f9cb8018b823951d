import { type CompositionProps, defineProject, step } from "trimtab/project";
import { archive } from "./archive.js";
import { XArchive } from "./xarchive.js";

const xarchive: CompositionProps = {
  name: "xarchive",
  composite: XArchive,
  // Crossplane names what it installs as a dependency after its repository. The input has the type of the function's schema.
  pipeline: [step(archive, { functionRef: "acme-function-archive", input: { regions: ["eu-west-1"] } })],
};

export default defineProject({
  functions: [archive],
  compositions: [xarchive],
  packages: [
    { kind: "Function", function: archive },
    {
      kind: "Configuration",
      name: "configuration-xarchive",
      compositions: [xarchive],
      dependsOn: [{ kind: "Function", package: "registry.example.org/acme/function-archive", version: ">=v0.1.0" }],
    },
  ],
});
