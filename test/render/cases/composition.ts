import { compositionOf, PIPELINE, XR } from "../both/defaults.js";
import { type RenderCase, type RenderCases } from "../both/render-case.js";

/** A case of what an XR says under spec.crossplane. */
const xr = (reason: string, crossplane: unknown, rest: Partial<RenderCase> = {}): RenderCase => ({
  reason,
  xr: { ...XR, spec: { crossplane } },
  pipeline: [{ script: { echo: "echo" } }],
  flags: ["-xr"],
  ...rest,
});

const labelled = { metadata: { labels: { tier: "gold", zone: "eu" } } };
const made = compositionOf(XR, PIPELINE);

/** Compositions, and how an XR is matched with one. */
export const compositions: RenderCases = {
  "a composition that the XR refers to": xr("no event says that it was selected", {
    compositionRef: { name: "things" },
  }),
  "another composition that the XR refers to": xr("the one that is given counts", {
    compositionRef: { name: "other" },
  }),
  "a reference with more in it": xr("it is replaced", { compositionRef: { name: "things", kind: "Composition" } }),
  "a reference that is a text": xr("it is replaced", { compositionRef: "things" }),
  "spec.crossplane is a text": xr("it cannot be written into", "text"),
  "no spec": { reason: "one is made", xr: { ...XR, spec: undefined }, flags: ["-xr"] },
  "a spec that is null": { reason: "one is made", xr: { ...XR, spec: null }, flags: ["-xr"] },
  "a spec that is a text": { reason: "it cannot be written into", xr: { ...XR, spec: "text" }, flags: ["-xr"] },
  "a revision that the XR refers to": xr("it stays", {
    compositionRevisionRef: { name: "things-abc" },
    compositionUpdatePolicy: "Manual",
    compositionRevisionSelector: { matchLabels: { a: "b" } },
  }),
  "a selector that matches": xr(
    "its labels are those of the Composition",
    { compositionSelector: { matchLabels: { tier: "gold" } } },
    { composition: labelled },
  ),
  "an empty selector": xr("it selects everything", { compositionSelector: { matchLabels: {} } }),
  "a selector with a label that lacks": xr(
    "the label is named",
    { compositionSelector: { matchLabels: { tier: "gold" } } },
    { code: 1, says: /things.*tier/ },
  ),
  "a selector with a label that differs": xr(
    "both values are named",
    { compositionSelector: { matchLabels: { tier: "silver" } } },
    { composition: labelled, code: 1, says: /things.*tier.*silver.*gold/ },
  ),
  "a selector beside a reference": xr(
    "the selector counts all the same",
    { compositionRef: { name: "things" }, compositionSelector: { matchLabels: { tier: "silver" } } },
    { composition: labelled, code: 1, says: /tier/ },
  ),
  "a selector that is malformed": xr("there is none", { compositionSelector: { matchLabels: { tier: 1 } } }),
  "a selector of a legacy XR": {
    reason: "the CLI looks into spec.crossplane alone",
    xr: { ...XR, spec: { compositionSelector: { matchLabels: { tier: "none" } } } },
  },
  "another kind": {
    reason: "both kinds are named",
    composition: { spec: { compositeTypeRef: { apiVersion: "example.org/v1", kind: "XOther" } } },
    code: 1,
    says: /XOther.*XThing/,
  },
  "another version": {
    reason: "both versions are named",
    composition: { spec: { compositeTypeRef: { apiVersion: "example.org/v2", kind: "XThing" } } },
    code: 1,
    says: /example\.org\/v2.*example\.org\/v1/,
  },
  "no compositeTypeRef": {
    reason: "it is of no kind",
    composition: { spec: { compositeTypeRef: undefined } },
    code: 1,
    says: /XThing/,
  },
  "another mode": {
    reason: "pipelines alone are rendered",
    composition: { spec: { mode: "Resources" } },
    code: 1,
    says: /Pipeline/,
  },
  "no mode": { reason: "it is no pipeline", composition: { spec: { mode: undefined } }, code: 1, says: /Pipeline/ },
  "a Composition of another version": {
    reason: "it is none that Crossplane has",
    composition: { apiVersion: "apiextensions.crossplane.io/v2" },
    code: 1,
    says: /crossplane\.io\/v2|things/,
  },
  "something else than a Composition": {
    reason: "it is named",
    composition: { kind: "Other" },
    code: 1,
    says: /Other|Composition/,
  },
  "unknown fields": {
    reason: "they are passed over",
    composition: { spec: { resources: [{ name: "a" }], other: 1 }, extra: true },
  },
  "a Composition without a name": {
    reason: "an event names nothing",
    composition: { metadata: { name: undefined } },
    flags: ["-xr"],
  },
  "a pipeline that is no list": {
    reason: "it cannot be read",
    composition: { spec: { pipeline: "none" } },
    code: 1,
    says: /composition\.yaml/,
  },
  "an input that is a text": {
    reason: "it is no object",
    composition: { spec: { pipeline: [{ step: "text", functionRef: { name: "function-one" }, input: "text" }] } },
    code: 1,
    says: /text/,
  },
  "an input that is a list": {
    reason: "it is no object",
    composition: { spec: { pipeline: [{ step: "listed", functionRef: { name: "function-one" }, input: [] }] } },
    code: 1,
    says: /listed|input/,
  },
  "an input that is null": {
    reason: "it is none",
    composition: { spec: { pipeline: [{ step: "nothing", functionRef: { name: "function-one" }, input: null }] } },
    code: 1,
    says: /nothing/,
  },
  "an XR of a core version": {
    reason: "its group is empty",
    xr: { ...XR, apiVersion: "v1" },
    flags: ["-r"],
  },
  "texts that YAML takes for something else": {
    reason: "where Go has a text, a number or a truth becomes one",
    composition: [
      "apiVersion: apiextensions.crossplane.io/v1",
      "kind: Composition",
      "metadata: {name: 012, labels: {a: 1, b: yes, c: 1.50, d: ~, e: 1e3, f: 0x1F, g: 2024-01-01, h: 12345678901234567890}}",
      "spec:",
      "  compositeTypeRef: {apiVersion: example.org/v1, kind: XThing}",
      "  mode: Pipeline",
      "  pipeline:",
      ...["012", "yes", "1.50", "1e3", "0x1F", "2024-01-01", "1e21"].flatMap((step) => [
        `  - step: ${step}`,
        "    functionRef: {name: function-one}",
        "    input: {apiVersion: v1, kind: Script, results: [{severity: Normal, message: said}]}",
      ]),
      "",
    ].join("\n"),
    xr: {
      ...XR,
      spec: { crossplane: { compositionSelector: { matchLabels: { a: "1", b: "true", c: "1.5", f: "31" } } } },
    },
    flags: ["-r"],
  },
  "fields in another case": {
    reason: "Go reads them all the same",
    composition: {
      Metadata: { NAME: "renamed" },
      spec: {
        PIPELINE: [
          { STEP: "loud", FunctionRef: { Name: "function-one" }, Input: { apiVersion: "v1", kind: "Script" } },
        ],
      },
    },
    flags: ["-r"],
  },
  "a text that is a map": {
    reason: "it cannot be read",
    composition: { metadata: { name: { a: 1 } } },
    code: 1,
    says: /composition\.yaml/,
  },
  "the same Composition twice": {
    reason: "the first document counts",
    composition: [made, { ...made, kind: "Other" }],
  },
};
