import { type JsonObject } from "../../../src/wire/index.js";
import { CLUSTER_XR, CONFIG_MAP, PIPELINE, XR } from "../both/defaults.js";
import { type RenderCase, type RenderCases } from "../both/render-case.js";

const named = (metadata: object) => ({ ...XR, metadata: { namespace: "default", ...metadata } });

/** A case whose composed resource says this of itself. */
const composed = (reason: string, metadata: JsonObject, rest: Partial<RenderCase> = {}): RenderCase => ({
  reason,
  pipeline: [{ script: { resources: { config: { manifest: { ...CONFIG_MAP, metadata }, ready: "True" } } } }],
  ...rest,
});

const underKey = (key: string, metadata: JsonObject = {}) => [
  { script: { resources: { [key]: { manifest: { ...CONFIG_MAP, metadata } } } } },
];

/** What composed resources are called. */
export const names: RenderCases = {
  "a name is made of the XR's": { reason: "name, generateName, labels and owner as Crossplane writes them" },
  "a name is cut to 63 characters": {
    reason: "the prefix gives way to the hash",
    xr: named({ name: "a-thing-with-a-name-that-is-quite-as-long-as-kubernetes-would-have-it" }),
  },
  "a name of exactly 50 characters": {
    reason: "with a dash and twelve digits it is 63",
    xr: named({ name: "a".repeat(50) }),
  },
  "a name of 51 characters": { reason: "one too many", xr: named({ name: "a".repeat(51) }) },
  "a prefix that is cut at a dash": {
    reason: "it leaves two dashes before the hash",
    xr: named({ name: `${"a".repeat(49)}-bcd` }),
  },
  "a prefix that is cut at a dot": {
    reason: "a dot and a dash are no name for Kubernetes",
    xr: named({ name: `${"a".repeat(49)}.bcd` }),
    code: 1,
    says: /config.*aaa/,
  },
  "an XR's name of 253 characters": { reason: "the longest there is", xr: named({ name: "x".repeat(253) }) },
  "an XR's name of upper case": {
    reason: "what is made of it is no name for Kubernetes",
    xr: named({ name: "MyThing" }),
    code: 1,
    says: /config.*MyThing/,
  },
  "an XR without a name": {
    reason: "it has no prefix for the names of what it composes",
    xr: named({ generateName: "thing-" }),
    code: 1,
    says: /crossplane\.io\/composite|name/,
  },
  "an XR that has a uid": {
    reason: "owners and hashes are of the uid that is given",
    xr: named({ name: "thing", uid: "0b3d5e58-58a5-4e0e-a3a3-8a1d0c5ff0a1" }),
  },
  "an XR whose uid is empty": { reason: "as if it had none", xr: named({ name: "thing", uid: "" }) },
  "a composite label that the XR has": {
    reason: "it is the prefix, for instance of an XR within an XR",
    xr: named({ name: "thing", labels: { "crossplane.io/composite": "parent-9xk2l" } }),
  },
  "an empty composite label": {
    reason: "as if it had none",
    xr: named({ name: "thing", labels: { "crossplane.io/composite": "", other: "stays" } }),
    flags: ["-x"],
  },
  "cluster scope": { reason: "no namespace anywhere, and another uid", xr: CLUSTER_XR },
  "a generateName of one's own": composed("the name is made of it", { generateName: "own-" }),
  "a generateName without a dash": composed("nothing is put between", { generateName: "own" }),
  "a generateName of upper case": composed(
    "no name for Kubernetes",
    { generateName: "Own-" },
    { code: 1, says: /Own-/ },
  ),
  "a name of one's own": composed("kept, without generateName", { name: "own" }),
  "a name and a generateName of one's own": composed("both are kept", { name: "own", generateName: "other-" }),
  "a name of one's own with dots": composed("a subdomain is a name", { name: "own.example.org" }),
  "a name with an underscore": composed("no name for Kubernetes", { name: "my_own" }, { code: 1, says: /my_own/ }),
  "a name that begins with a dash": composed("no name for Kubernetes", { name: "-own" }, { code: 1, says: /-own/ }),
  "a name of 254 characters": composed("one too many", { name: "o".repeat(254) }, { code: 1, says: /ooo/ }),
  "an empty name": composed("as if there were none", { name: "" }),
  "a name that is a number": composed("as if there were none", { name: 12 }),
  "a colon in the name of a ClusterRole": {
    reason: "RBAC takes what other kinds do not",
    xr: CLUSTER_XR,
    pipeline: [
      {
        script: {
          resources: {
            role: {
              manifest: {
                apiVersion: "rbac.authorization.k8s.io/v1",
                kind: "ClusterRole",
                metadata: { name: "example:things:view" },
                rules: [],
              },
            },
          },
        },
      },
    ],
  },
  "a colon in another name": composed("no name for Kubernetes", { name: "a:b" }, { code: 1, says: /a:b/ }),
  "composition resource names that are no names": {
    reason: "an annotation takes what a name does not",
    pipeline: [
      {
        script: {
          resources: Object.fromEntries(
            ["a/b", "Über uns", "a: b", "12", "true", "~", "__proto__", "constructor", "-", "z".repeat(300)].map(
              (key) => [key, { manifest: CONFIG_MAP }],
            ),
          ),
        },
      },
    ],
  },
  "an empty composition resource name": {
    reason: "the resource has no annotation, and is told by its number",
    pipeline: underKey("", { name: "own" }),
    flags: ["-r"],
  },
  "names are sorted by their bytes": {
    reason: "upper case before lower, digits as text",
    pipeline: [
      {
        script: {
          resources: Object.fromEntries(
            ["b", "a", "B", "a-b", "a.b", "ab", "a10", "a9", "é", "z", "😀", "\uffee"].map((key) => [
              key,
              { manifest: CONFIG_MAP, ready: "True" },
            ]),
          ),
        },
      },
    ],
  },
  "two resources of one name": {
    reason: "both are shown, and referred to",
    pipeline: [
      {
        script: {
          resources: {
            first: { manifest: { ...CONFIG_MAP, metadata: { name: "same" } } },
            second: { manifest: { ...CONFIG_MAP, metadata: { name: "same" } } },
          },
        },
      },
    ],
    flags: ["-r"],
  },
  "references are sorted": {
    reason: "by apiVersion, kind, name and namespace, run together",
    xr: CLUSTER_XR,
    pipeline: [
      {
        script: {
          resources: Object.fromEntries(
            [
              ["v1", "Secret", "a"],
              ["v1", "ConfigMap", "b"],
              ["apps/v1", "Deployment", "c"],
              ["v1", "ConfigMap", "a"],
              ["v1", "ConfigMap", "ab"],
              ["v1beta1", "ConfigMap", "a"],
            ].map(([apiVersion, kind, name = ""], i) => [
              `r${i}`,
              { manifest: { apiVersion: apiVersion ?? "", kind: kind ?? "", metadata: { name, namespace: "z" } } },
            ]),
          ),
        },
      },
    ],
  },
  "the XR itself is composed": {
    reason: "what has the XR's kind and name is none of the composed resources",
    pipeline: [
      {
        script: {
          resources: {
            itself: { manifest: { ...XR, spec: { other: true } }, ready: "True" },
            config: { manifest: CONFIG_MAP },
          },
        },
      },
      ...PIPELINE,
    ],
    flags: ["-xr"],
  },
};
