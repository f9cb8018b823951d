import { PIPELINE, XR } from "../both/defaults.js";
import { type RenderCase, type RenderCases } from "../both/render-case.js";
import { type ScriptedCondition } from "../script/script.js";

/** A case of conditions that a function says. */
const says = (reason: string, ...conditions: readonly ScriptedCondition[]): RenderCase => ({
  reason,
  pipeline: [{ script: { conditions } }, ...PIPELINE],
  flags: ["-r"],
});

const painted = { type: "Painted", status: "True", reason: "Dry" };

const given = (...conditions: readonly object[]) => ({ ...XR, status: { conditions } });
const condition = (type: string, rest: object = {}) => ({
  type,
  status: "True",
  reason: "Given",
  lastTransitionTime: "2023-03-03T03:03:03Z",
  ...rest,
});

/** Conditions of functions and of the XR. */
export const conditions: RenderCases = {
  "a condition of one's own": says("it stands among Crossplane's", painted),
  "a condition with a message": says("the message is shown", { ...painted, message: "two coats: blue" }),
  "a condition with an empty message": says("there is none", { ...painted, message: "" }),
  "a condition that is False": says("shown", { ...painted, status: "False" }),
  "a condition that is Unknown": says("shown", { ...painted, status: "Unknown" }),
  "a condition without a status": says("it is Unknown", { type: "Painted", reason: "Dry" }),
  "a condition whose status is not known yet": says("it has an empty one", { ...painted, status: 9 }),
  "a condition without a reason": says("an empty one is shown", { type: "Painted", status: "True" }),
  "a condition without a type": says("shown all the same", { status: "True", reason: "Dry" }),
  "the types that are Crossplane's": says(
    "what a function says of them is ignored",
    ...["Ready", "Synced", "Healthy", "UpToDate", "Responsive"].map((type) => ({ ...painted, type, status: "False" })),
  ),
  "a type in another case": says("it is another type", { ...painted, type: "ready" }),
  "a type that is said twice": says("the later one counts", painted, { ...painted, status: "False", reason: "Wet" }),
  "every target": says(
    "an XR without a claim has them all",
    { ...painted, type: "A", target: "Composite" },
    { ...painted, type: "B", target: "CompositeAndClaim" },
    { ...painted, type: "C", target: "Unspecified" },
    { ...painted, type: "D", target: 9 },
  ),
  "a type that two steps say": {
    reason: "the later one counts",
    pipeline: [
      { script: { conditions: [painted, { ...painted, type: "Other" }] } },
      { script: { conditions: [{ ...painted, status: "False", message: "later" }] } },
    ],
  },
  "conditions come in the order in which they are said": says(
    "not sorted",
    { ...painted, type: "Zebra" },
    { ...painted, type: "Ant" },
    { ...painted, type: "Mole" },
  ),
  "conditions that the XR has": {
    reason: "they come first, and what is said of them again replaces them",
    xr: given(condition("Painted"), condition("Ready", { status: "False" }), condition("Mine", { message: "kept" })),
    pipeline: [{ script: { echo: "echo", conditions: [{ ...painted, status: "False" }] } }],
  },
  "conditions that the XR has, shown in full": {
    reason: "the merge takes the reconciled ones",
    xr: given(condition("Painted"), condition("Mine", { observedGeneration: 3, unknown: 1 })),
    flags: ["-x"],
  },
  "a type that the XR has several times": {
    reason: "each is replaced, but for one that is equal already",
    xr: given(
      condition("Responsive", { status: "False" }),
      condition("Painted"),
      condition("Painted", { reason: "Dry", message: "equal" }),
      condition("Responsive", { reason: "WatchCircuitClosed" }),
      condition("Responsive", { status: "Unknown", message: "the third" }),
    ),
    pipeline: [{ script: { echo: "echo", conditions: [{ ...painted, message: "equal" }] } }],
  },
  "a generation": {
    reason: "what is marked before the functions run observes it",
    xr: { ...given(condition("Mine", { observedGeneration: 3 })), metadata: { ...XR.metadata, generation: 5 } },
    pipeline: [{ script: { echo: "echo", conditions: [painted] } }],
    flags: ["-x"],
  },
  "a generation that is a text": {
    reason: "there is none",
    xr: { ...XR, metadata: { ...XR.metadata, generation: "5" } },
    pipeline: [{ script: { echo: "echo" } }],
  },
  "nothing changes": {
    reason: "the status that is there is the status that comes out",
    xr: given(
      condition("Responsive", { reason: "WatchCircuitClosed" }),
      condition("Synced", { reason: "ReconcileSuccess" }),
      condition("Ready", { reason: "Available" }),
    ),
    pipeline: [{ script: { echo: "echo" } }],
    flags: ["-xr"],
  },
  "nothing changes but a message": {
    reason: "conditions differ by their message",
    xr: given(
      condition("Responsive", { reason: "WatchCircuitClosed", message: "old" }),
      condition("Synced", { reason: "ReconcileSuccess" }),
      condition("Ready", { reason: "Available" }),
    ),
    pipeline: [{ script: { echo: "echo" } }],
  },
  "conditions of the XR that are malformed": {
    reason: "Crossplane begins anew",
    xr: given({ type: 1, status: "True" }, condition("Mine")),
    pipeline: [{ script: { echo: "echo" } }],
  },
  "conditions of the XR that are no list": {
    reason: "Crossplane begins anew",
    xr: { ...XR, status: { conditions: "none", kept: true } },
    pipeline: [{ script: { echo: "echo" } }],
  },
  "times in other forms": {
    reason: "they are read as Go reads them",
    xr: given(
      condition("Zone", { lastTransitionTime: "2023-03-03T03:03:03+02:00" }),
      condition("Fraction", { lastTransitionTime: "2023-03-03T03:03:03.987Z" }),
      condition("Null", { lastTransitionTime: null }),
      condition("Absent", { lastTransitionTime: undefined }),
    ),
    pipeline: [{ script: { echo: "echo" } }],
  },
  "a time that is none": {
    reason: "no condition is read",
    xr: given(condition("Bad", { lastTransitionTime: "yesterday" }), condition("Mine")),
    pipeline: [{ script: { echo: "echo" } }],
  },
  "a status of the XR that is a text": {
    reason: "conditions have no place in it",
    xr: { ...XR, status: "fine" },
    pipeline: [{ script: { echo: "echo" } }],
  },
  "the XR's status is not desired": {
    reason: "what functions do not say vanishes",
    xr: { ...XR, status: { phase: "Up", conditions: [condition("Mine")] } },
  },
};
