import { CONFIG_MAP, observedAs, PIPELINE } from "../both/defaults.js";
import { type RenderCase, type RenderCases } from "../both/render-case.js";
import { type Script } from "../script/script.js";

const object = (kind: string, name: string, namespace?: string, labels?: object) => ({
  apiVersion: "v1",
  kind,
  metadata: { name, ...(namespace !== undefined && { namespace }), ...(labels !== undefined && { labels }) },
});

const there = [
  object("ConfigMap", "b", "default", { app: "x", tier: "one" }),
  object("ConfigMap", "a", "other", { app: "x" }),
  object("ConfigMap", "c", "default", { app: "y" }),
  object("ConfigMap", "a", "default", { app: "x" }),
  object("ConfigMap", "z", undefined, { app: "x" }),
  object("Secret", "a", "default", { app: "x" }),
  { ...object("ConfigMap", "a", "default", { app: "x" }), apiVersion: "v2" },
];

const of = (selector: object) => ({ apiVersion: "v1", kind: "ConfigMap", ...selector });

/** A case of a function that requires something, and shows what it got. */
const requires = (reason: string, selectors: Readonly<Record<string, object>>, rest: Partial<RenderCase> = {}) =>
  ofScript(reason, { requires: { resources: selectors } } as Script, rest);

const ofScript = (reason: string, script: Script, rest: Partial<RenderCase> = {}): RenderCase => ({
  reason,
  required: there,
  pipeline: [{ script: { ...script, echo: "echo", counts: "calls" } }],
  flags: ["-c"],
  ...rest,
});

const bootstrap = (...requiredResources: readonly object[]) => ({ requirements: { requiredResources } });

/** What functions require, and what they are given. */
export const requirements: RenderCases = {
  "by name": requires("one item", { one: of({ name: "a", namespace: "default" }) }),
  "by name, without a namespace": requires("only what has none", {
    namespaced: of({ name: "a" }),
    cluster: of({ name: "z" }),
  }),
  "by labels": requires("sorted by namespace and name", { some: of({ labels: { app: "x" } }) }),
  "by labels in a namespace": requires("only what lies there", {
    some: of({ labels: { app: "x" }, namespace: "default" }),
    both: of({ labels: { app: "x", tier: "one" }, namespace: "default" }),
  }),
  "by no labels": requires("every one", { all: of({ labels: {} }) }),
  "by nothing": requires("every one of the kind", { all: of({}), there: of({ namespace: "other" }) }),
  "by labels that are none": {
    ...requires("whatever they are, nothing has them", { some: of({ labels: { "not a label!": "nor a value!" } }) }),
  },
  "what is not there": requires("none was found, and the name says so", {
    name: of({ name: "none", namespace: "default" }),
    labels: of({ labels: { app: "none" } }),
    kind: { apiVersion: "example.org/v1", kind: "Nothing", name: "a" },
  }),
  "an empty name": requires("nothing is called so", { empty: of({ name: "" }) }),
  "a kind that ends in List": requires(
    "a list of AllowLists is looked for as one of Allows",
    {
      byName: { apiVersion: "v1", kind: "AllowList", name: "a", namespace: "default" },
      listed: { apiVersion: "v1", kind: "AllowList" },
      list: { apiVersion: "v1", kind: "ConfigMapList", namespace: "default" },
    },
    { required: [...there, object("AllowList", "a", "default"), object("Allow", "b", "default")] },
  ),
  "no kind and apiVersion": requires("nothing is of no kind", { none: { name: "a" }, listed: { apiVersion: "v1" } }),
  "the XR": requires("as it is while functions run", {
    xr: { apiVersion: "example.org/v1", kind: "XThing", name: "thing", namespace: "default" },
  }),
  "the XR that has a composite label": requires(
    "it is not updated before functions run",
    { xr: { apiVersion: "example.org/v1", kind: "XThing", name: "thing", namespace: "default" } },
    {
      xr: {
        apiVersion: "example.org/v1",
        kind: "XThing",
        metadata: { name: "thing", namespace: "default", labels: { "crossplane.io/composite": "thing" } },
      },
    },
  ),
  "the XR that has a composite label, with a namespace for connection Secrets": requires(
    "it is updated before functions run, though a modern XR has no such Secret",
    { xr: { apiVersion: "example.org/v1", kind: "XThing", name: "thing", namespace: "default" } },
    {
      xr: {
        apiVersion: "example.org/v1",
        kind: "XThing",
        metadata: { name: "thing", namespace: "default", labels: { "crossplane.io/composite": "thing" } },
      },
      composition: { spec: { writeConnectionSecretsToNamespace: "vault" } },
    },
  ),
  "another XR of the same name": requires(
    "what is given by -e is what is stored, and so what is reconciled",
    { xr: { apiVersion: "example.org/v1", kind: "XThing", name: "thing", namespace: "default" } },
    {
      required: {
        apiVersion: "example.org/v1",
        kind: "XThing",
        metadata: { name: "thing", namespace: "default", uid: "other" },
        spec: { from: "required" },
      },
      flags: ["-x"],
    },
  ),
  "the CompositionRevision": {
    ...requires("Crossplane makes one of the Composition", {
      revisions: { apiVersion: "apiextensions.crossplane.io/v1", kind: "CompositionRevision" },
    }),
    differs: { because: "ours makes none up", code: 0 },
  },
  "an observed resource": requires(
    "what is observed can be required",
    { observed: of({ name: "thing-x1", namespace: "default" }) },
    { observed: { ...CONFIG_MAP, metadata: { ...observedAs("config"), name: "thing-x1" } } },
  ),
  "a Secret of the credentials": requires(
    "what is there for credentials can be required",
    { secret: { apiVersion: "v1", kind: "Secret", name: "cloud", namespace: "default" } },
    { credentials: { ...object("Secret", "cloud", "default"), data: { a: "Yg==" } } },
  ),
  "the older field": ofScript("extraResources", {
    requires: { extraResources: { some: of({ labels: { app: "x" } }), none: of({ name: "none" }) } },
  }),
  "both fields": ofScript("each has its own", {
    requires: { extraResources: { a: of({ name: "z" }) }, resources: { a: of({ name: "a", namespace: "default" }) } },
  }),
  "--extra-resources": requires(
    "the older flag",
    { some: of({ labels: { app: "x" } }) },
    { files: { "extra.yaml": there.slice(0, 2) }, required: there.slice(2), flags: ["--extra-resources=extra.yaml"] },
  ),
  "-e that is repeated": requires(
    "all are there, and the later one of the same name counts",
    { all: of({}) },
    {
      required: [],
      files: {
        "a.yaml": [object("ConfigMap", "a", "n"), { ...object("ConfigMap", "b", "n"), data: { from: "a.yaml" } }],
        "b.yaml": { ...object("ConfigMap", "b", "n"), data: { from: "b.yaml" } },
      },
      flags: ["-e", "a.yaml", "-e", "b.yaml"],
    },
  ),
  "-e with commas": requires(
    "several files in one flag",
    { all: of({}) },
    {
      required: [],
      files: { "a.yaml": object("ConfigMap", "a", "n"), "b.yaml": object("ConfigMap", "b", "n") },
      flags: ["-e", "a.yaml,b.yaml"],
    },
  ),
  "-e with a folder": requires(
    "its .yaml and .yml files, without those in folders below",
    { all: of({}) },
    {
      required: [],
      files: {
        "r/b.yml": [object("ConfigMap", "b1", "n"), object("ConfigMap", "b2", "n")],
        "r/a.yaml": object("ConfigMap", "a", "n"),
        "r/c.json": object("ConfigMap", "c", "n"),
        "r/.hidden.yaml": object("ConfigMap", "hidden", "n"),
        "r/below/d.yaml": object("ConfigMap", "d", "n"),
        "r/README.md": "no YAML\n",
      },
      flags: ["-e", "r"],
    },
  ),
  "requirements of two steps": {
    reason: "each is given its own alone",
    required: there,
    pipeline: [
      { script: { requires: { resources: { a: of({ name: "z" }) } }, echo: "first" } },
      { script: { requires: { resources: { b: of({ name: "a", namespace: "default" }) } }, echo: "second" } },
      { script: { echo: "third" } },
    ],
  },
  "requirements that grow": ofScript("it is called until they settle", { grows: 3 }),
  "requirements that grow four times": ofScript("still within bounds", { grows: 4 }),
  "requirements that grow five times": ofScript("the most there is", { grows: 5 }),
  "requirements that grow six times": {
    ...ofScript("once too often", { grows: 6 }),
    code: 1,
    says: /step-1.*stabili[sz]e|settle/,
  },
  "requirements that never settle": {
    ...ofScript("the step fails", { flips: true }),
    code: 1,
    says: /step-1.*stabili[sz]e|settle/,
  },
  "requirements that grow without end": {
    ...ofScript("the step fails", { grows: -1 }),
    code: 1,
    says: /step-1.*stabili[sz]e|settle/,
  },
  "empty requirements": ofScript("it is called once", { requires: {} }),
  "bootstrap requirements": {
    reason: "the Composition requires on behalf of a function",
    required: there,
    pipeline: [
      {
        script: { echo: "echo", counts: "calls" },
        ...bootstrap(
          { requirementName: "name", ...of({ name: "a", namespace: "default" }) },
          { requirementName: "labels", ...of({ matchLabels: { app: "x" } }) },
          { requirementName: "all", ...of({ namespace: "other" }) },
          { requirementName: "none", ...of({ name: "none" }) },
        ),
      },
      { script: { echo: "next" } },
    ],
    flags: ["-c"],
  },
  "bootstrap requirements that a function repeats": {
    reason: "it has them already, and is called once",
    required: there,
    pipeline: [
      {
        script: {
          echo: "echo",
          counts: "calls",
          requires: { resources: { name: of({ name: "a", namespace: "default" }) } },
        },
        ...bootstrap({ requirementName: "name", ...of({ name: "a", namespace: "default" }) }),
      },
    ],
    flags: ["-c"],
  },
  "bootstrap requirements that a function overrides": {
    reason: "its own selector counts",
    required: there,
    pipeline: [
      {
        script: { echo: "echo", counts: "calls", requires: { resources: { name: of({ name: "z" }) } } },
        ...bootstrap(
          { requirementName: "name", ...of({ name: "a", namespace: "default" }) },
          { requirementName: "kept", ...of({ name: "c", namespace: "default" }) },
        ),
      },
    ],
    flags: ["-c"],
  },
  "bootstrap requirements of a name and labels": {
    reason: "the name counts",
    required: there,
    pipeline: [
      {
        script: { echo: "echo" },
        ...bootstrap({
          requirementName: "both",
          ...of({ name: "a", namespace: "default", matchLabels: { app: "none" } }),
        }),
      },
    ],
  },
  "requirements and a fatal result later": {
    reason: "the program fails",
    required: there,
    pipeline: [
      { script: { requires: { resources: { a: of({ name: "z" }) } } } },
      { step: "later", script: { results: [{ severity: "Fatal", message: "over" }] } },
    ],
    code: 1,
    says: /later.*over/,
  },
  "results of calls before the last": {
    reason: "only those of the last call are said",
    required: there,
    pipeline: [{ script: { grows: 3, results: [{ severity: "Normal", message: "called" }] } }, ...PIPELINE],
    flags: ["-r"],
  },
  "a required object without a kind": {
    ...requires("no object of Kubernetes", { a: of({}) }, { required: { metadata: { name: "a" } } }),
    code: 1,
    says: /required\.yaml/,
  },
};
