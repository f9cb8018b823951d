import { type RenderCase, type RenderCases, type Step } from "../both/render-case.js";

const secret = (name: string, rest: object = { data: { key: "c2VjcmV0", binary: "AP/+" } }) => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name, namespace: "crossplane-system" },
  ...rest,
});

const ref = (name: string, secret = name) => ({
  name,
  source: "Secret",
  secretRef: { namespace: "crossplane-system", name: secret },
});

const step = (...credentials: readonly object[]): Step => ({ step: "cloud", script: { echo: "echo" }, credentials });

/** A case of credentials in a file. */
const given = (reason: string, credentials: object, one: Step = step(ref("aws"))): RenderCase => ({
  reason,
  credentials,
  pipeline: [one],
});

/** The credentials that functions are sent. */
export const credentials: RenderCases = {
  "a Secret": given("its data, decoded", secret("aws")),
  "two Secrets": given(
    "each under the name that the step gives it",
    [secret("aws"), secret("gcp", { data: { a: "YQ==" } })],
    step(ref("a", "aws"), ref("b", "gcp")),
  ),
  "the same Secret twice": given("under two names", secret("aws"), step(ref("a", "aws"), ref("b", "aws"))),
  "the same name twice": given(
    "the later one counts",
    [secret("aws"), secret("gcp", { data: { a: "YQ==" } })],
    step(ref("a", "aws"), ref("a", "gcp")),
  ),
  "only the step that asks": {
    ...given("the others are sent none", secret("aws")),
    pipeline: [step(ref("aws")), { script: { echo: "other" } }],
  },
  "a Secret that is not there": {
    ...given("step and credentials are named", secret("other")),
    code: 1,
    says: /cloud.*aws/,
  },
  "no file of credentials": {
    reason: "step and credentials are named",
    pipeline: [step(ref("aws"))],
    code: 1,
    says: /cloud.*aws/,
  },
  "a Secret of another namespace": {
    ...given("it is another", { ...secret("aws"), metadata: { name: "aws", namespace: "default" } }),
    code: 1,
    says: /cloud.*aws/,
  },
  "the source None": given("nothing is sent", secret("aws"), step({ name: "aws", source: "None" })),
  "the source None with a reference": given("nothing is sent", secret("aws"), step({ ...ref("aws"), source: "None" })),
  "a source that is not known": given("nothing is sent", secret("aws"), step({ ...ref("aws"), source: "Vault" })),
  "no source": given("nothing is sent", secret("aws"), step({ ...ref("aws"), source: undefined })),
  "no reference": given("nothing is sent", secret("aws"), step({ name: "aws", source: "Secret" })),
  "a Secret without data": given("an empty map", secret("aws", {})),
  "a Secret with stringData": given(
    "data alone are sent",
    secret("aws", { stringData: { a: "b" }, data: { c: "ZA==" } }),
  ),
  "a Secret without kind and apiVersion": given("everything in the file is a Secret", {
    metadata: { name: "aws", namespace: "crossplane-system" },
    data: { a: "Yg==" },
  }),
  "something else than a Secret": {
    ...given("it is none", { ...secret("aws"), kind: "ConfigMap" }),
    code: 1,
    says: /cloud.*aws/,
  },
  "a Secret with unknown fields": given(
    "they are passed over",
    secret("aws", { data: { a: "Yg==" }, other: { b: 1 }, type: "Opaque" }),
  ),
  "a Secret by -e": {
    reason: "what is required is there for credentials too",
    required: secret("aws"),
    pipeline: [step(ref("aws"))],
  },
  "data that are no base64": {
    ...given("the file is named", secret("aws", { data: { a: "%" } })),
    code: 1,
    says: /credentials\.yaml|aws/,
  },
  "data that are numbers": {
    ...given("the file is named", secret("aws", { data: { a: 1 } })),
    code: 1,
    says: /credentials\.yaml|aws/,
  },
  "data that are null": given("empty", secret("aws", { data: { a: null } })),
  "fields in another case": {
    ...given("Go reads them all the same", {
      apiVersion: "v1",
      kind: "Secret",
      Metadata: { Name: "aws", NAMESPACE: "crossplane-system" },
      Data: { a: "Yg==" },
    }),
    differs: { because: "ours takes fields as they are spelt", code: 1 },
  },
};
