// biome-ignore-all format: a mistake stands on the line below its mark.
// What the compiler refuses, so that no author finds it out in a cluster. Each mistake is marked with the error that
// must come of it; types.test.ts checks that it is that one, and that nothing else is wrong.
import { type Context, defineFunction, formerly, goneOnce, many, type Sight, type Tree } from "trimtab";
import { eks, iam, s3, v1 } from "trimtab/models";
import { step } from "trimtab/project";
import { defineXRD, type Manifest, object, oneOf, string } from "trimtab/schema";

const X = defineXRD({
  group: "example.org",
  version: "v1",
  kind: "X",
  spec: object({ region: string(), size: oneOf("small", "large").default("small"), note: string().optional() }),
  status: object({ arn: string() }),
});
const composes = {
  bucket: s3.Bucket,
  versioning: s3.BucketVersioning,
  roles: many({ role: iam.Role }),
  secret: v1.Secret,
  renamed: formerly("old", v1.ConfigMap),
};
const is = { name: "x", composite: X, composes };
const none = { bucket: null, versioning: null, roles: {}, secret: null, renamed: null };
type Resources = Tree<typeof composes>;
type Given = Context<typeof X, Record<string, never>, typeof composes>;
const region = "eu-west-1";
const tag: { a?: string } = {};

// Fields of what is composed.
// @ts-expect-error 2561: a misspelt field
export const misspelt = s3.Bucket({ spec: { forProvider: { region, forceDestory: true } } });
// @ts-expect-error 2741: a required field that is missing
export const missing = s3.Bucket({ spec: { forProvider: {} } });
// @ts-expect-error 2322: a value of another type
export const mistyped = s3.Bucket({ spec: { forProvider: { region, forceDestroy: "yes" } } });
// @ts-expect-error 2322: a management policy that does not exist
export const policy = s3.Bucket({ spec: { forProvider: { region }, managementPolicies: ["Orphan"] } });
// @ts-expect-error 2353: a status, which no function may set
export const status = s3.Bucket({ spec: { forProvider: { region } }, status: {} });
// @ts-expect-error 2322: plain text in a Secret's data
export const plain = v1.Secret({ data: { password: "hunter2" } });
// @ts-expect-error 2353: stringData, which whoever applies it owns for ever
export const stringData = v1.Secret({ stringData: { password: "hunter2" } });
// @ts-expect-error 2322: an optional value that may be undefined, without `?? omit`
export const undecided = s3.Bucket({ spec: { forProvider: { region, tags: { a: tag.a } } } });

// What there is.
// @ts-expect-error 2741: a resource that is forgotten
export const forgotten: Resources = { bucket: null, versioning: null, roles: {}, renamed: null };
// @ts-expect-error 2322: another kind than declared
export const otherKind: Resources = { ...none, bucket: iam.User({ spec: { forProvider: {} } }) };
// @ts-expect-error 2322: undefined, where null would say that it must not be there
export const absent: Resources = { ...none, bucket: undefined };
// @ts-expect-error 2322: a kind that is not called
export const uncalled: Resources = { ...none, bucket: s3.Bucket };
// @ts-expect-error 2322: an item of a `many` without one of its resources
export const partial: Resources = { ...none, roles: { api: {} } };
// @ts-expect-error 2322: another kind than what was formerly declared
export const renamed: Resources = { ...none, renamed: v1.Secret({}) };
// @ts-expect-error 2561: a resource that is not declared
export const stray: Resources = { ...none, bukcet: null };

// References.
// @ts-expect-error 2375: a reference to another kind
export const target = ({ composed }: Given) => s3.BucketVersioning({ spec: { forProvider: { region, bucketRef: composed.secret, versioningConfiguration: {} } } });
// @ts-expect-error 2339: a reference to what is not declared
export const undeclared = ({ composed }: Given) => v1.Secret({ text: { name: composed.key.name } });

// What is observed.
// @ts-expect-error 2339: observed state outside an arrow
export const outside = ({ observed }: Given) => observed;
// @ts-expect-error 2322: a value that may not be known yet, without `need`
export const unknown: Resources = { ...none, secret: ({ observed }) => v1.Secret({ text: { arn: observed.bucket.status?.atProvider?.arn } }) };
// @ts-expect-error 2322: null because of what a read showed
export const vanishing: Resources = { ...none, secret: ({ observed }) => (observed.bucket.ready ? v1.Secret({}) : null) };
// @ts-expect-error 2322: null below an arrow
export const below: Tree<{ pod: { role: typeof iam.Role } }> = { pod: ({ observed }) => ({ role: observed.pod.role.ready ? null : iam.Role({ spec: { forProvider: { assumeRolePolicy: "{}" } } }) }) };
// @ts-expect-error 2322: connection details as they are, of which a read may show none
export const shrinking = ({ observed }: Sight<{ key: typeof iam.AccessKey }>) => v1.Secret({ text: observed.key.connection });
// @ts-expect-error 2339: a misspelt field of what is observed
export const misread: Resources = { ...none, secret: ({ observed, need }) => v1.Secret({ text: { arn: need(observed.bucket.status?.atProvider?.anr, "it") } }) };
// @ts-expect-error 2339: something that waits, in status
export const impatient = defineFunction({ ...is, compose: () => ({ resources: none, status: ({ need }) => ({ arn: need("", "x") }) }) });

// The XR, its status, and input.
// @ts-expect-error 2551: a misspelt field of the spec
export const spec = ({ xr }: Given) => xr.spec.regoin;
// @ts-expect-error 2367: a value that the schema does not offer
export const size = ({ xr }: Given) => xr.spec.size === "medium";
// @ts-expect-error 2322: an optional field of the spec, taken for one that is there
export const optional = ({ xr }: Given): string => xr.spec.note;
// @ts-expect-error 2353: a field that the status does not have
export const reported = defineFunction({ ...is, compose: () => ({ resources: none, status: { anr: "x" } }) });
// @ts-expect-error 2741: a manifest without a required field
export const manifest: Manifest<typeof X> = { metadata: { name: "x" }, spec: { size: "large" } };
// @ts-expect-error 2345: a default that the schema does not offer
export const byDefault = oneOf("small", "large").default("medium");
const takesInput = defineFunction({ ...is, input: object({ account: string() }), compose: () => ({ resources: none }) });
// @ts-expect-error 2561: input that the function does not take
export const input = step(takesInput, { input: { acount: "123456789012" } });

// And what must stay possible.
export const possible = defineFunction({
  ...is,
  composes: { ...composes, pod: { association: eks.PodIdentityAssociation } },
  compose: ({ xr, composed }) => ({
    resources: {
      ...none,
      pod: null,
      roles: composed.roles.each(["api"], (name) => name, (name) => ({ role: iam.Role({ metadata: { labels: { name } }, spec: { forProvider: { assumeRolePolicy: "{}" } } }) })),
      bucket: xr.spec.note ? null : goneOnce(({ observed, need }) => need(observed.secret.ready, "the Secret")),
      secret: ({ observed, need }) => v1.Secret({ text: { arn: need(observed.roles("api").role.status?.atProvider?.arn, "the role"), size: xr.spec.size } }),
    },
    status: ({ observed }) => ({ arn: observed.bucket.status?.atProvider?.arn }),
  }),
});
