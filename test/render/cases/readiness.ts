import { CONFIG_MAP, PIPELINE } from "../both/defaults.js";
import { type RenderCase, type RenderCases, type Step } from "../both/render-case.js";

/** A case of composed resources that are ready or not, by name. */
const ready = (
  reason: string,
  of: Readonly<Record<string, string | number>>,
  ...more: readonly Step[]
): RenderCase => ({
  reason,
  pipeline: [
    {
      script: {
        resources: Object.fromEntries(
          Object.entries(of).map(([name, ready]) => [name, { manifest: CONFIG_MAP, ready }]),
        ),
      },
    },
    ...more,
  ],
  flags: ["-r"],
});

const composite = (ready: string | number): Step => ({ script: { composite: { ready } } });

/** When an XR is ready. */
export const readiness: RenderCases = {
  "all are ready": ready("the XR is Available", { a: "True", b: "True" }),
  "one is not": ready("it is named", { a: "True", b: "False" }),
  "one does not say": ready("as if it were not", { a: "True", b: "Unspecified" }),
  "one says what is not known yet": ready("as if it were not", { a: 7 }),
  "three are not": ready("they are named in order", { c: "False", a: "False", b: "False" }),
  "four are not": ready("three are named, and one more", { d: "False", c: "False", a: "False", b: "False" }),
  "eleven are not": ready(
    "three are named, and eight more",
    Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`r${i}`, "False"])),
  ),
  "there are none": { reason: "the XR is Available", pipeline: [{ script: {} }] },
  "the composite is ready": ready("whatever its resources say", { a: "False" }, composite("True")),
  "the composite is not ready": ready("whatever its resources say", { a: "True" }, composite("False")),
  "the composite does not say": ready("its resources say", { a: "False" }, composite("Unspecified")),
  "the composite says what is not known yet": ready("its resources say", { a: "False" }, composite(8)),
  "a later step takes it back": ready("the last word counts", { a: "True" }, composite("False"), composite("True")),
  "a later step says nothing": ready("what came in goes out", { a: "True" }, composite("False"), { script: {} }),
  "a later step says that a resource is ready": {
    reason: "as function-auto-ready would",
    pipeline: [
      { script: { resources: { a: { manifest: CONFIG_MAP } } } },
      { script: { resources: { a: { manifest: CONFIG_MAP, ready: "True" } } } },
      ...PIPELINE,
    ],
  },
  "a time to live": {
    reason: "nothing shows it",
    pipeline: [{ script: { ttl: 60, resources: { a: { manifest: CONFIG_MAP, ready: "True" } } } }],
    flags: ["-r"],
  },
};
