import { type Runner } from "../../../src/serve/index.js";
import { type JsonObject, Ready, type ResourceState } from "../../../src/wire/index.js";

// Stands in for crossplane-contrib/function-patch-and-transform, whose image cannot run here: as much of it as the
// examples use, and an error for anything else.

interface Input {
  readonly resources: readonly Template[];
}

interface Template {
  readonly name: string;
  readonly base: JsonObject;
  readonly patches?: readonly Patch[];
}

interface Patch {
  readonly type: string;
  readonly fromFieldPath: string;
  readonly toFieldPath: string;
  readonly transforms?: readonly { readonly type: string; readonly string?: { readonly fmt: string } }[];
}

/** Each template with its patches; ready once the condition Ready of what is observed is True, as its default is. */
export const patchAndTransform: Runner = ({ meta, input, observed, desired }) => {
  const { resources } = input as unknown as Input;
  const xr = observed?.composite?.resource ?? {};
  const states = resources.map(({ name, base, patches = [] }): [string, ResourceState] => {
    const resource = structuredClone(base);
    for (const patch of patches) apply(patch, xr, resource);
    const isReady = conditionsOf(observed?.resources[name]).some(
      ({ type, status }) => type === "Ready" && status === "True",
    );
    return [name, { resource, connectionDetails: {}, ready: isReady ? Ready.True : Ready.False }];
  });
  return {
    meta: { tag: meta?.tag ?? "", ttl: { seconds: 60, nanos: 0 } },
    desired: { composite: desired?.composite, resources: { ...desired?.resources, ...Object.fromEntries(states) } },
    results: [],
    requirements: undefined,
    conditions: [],
  };
};

function apply({ type, fromFieldPath, toFieldPath, transforms = [] }: Patch, xr: JsonObject, to: JsonObject): void {
  if (type !== "FromCompositeFieldPath") throw new Error(`cannot patch by ${type}: the stand-in does not know it`);
  const value = fromFieldPath.split(".").reduce<unknown>((object, field) => fieldsOf(object)[field], xr);
  const text = transforms.reduce((text, { string, ...transform }) => {
    if (!string?.fmt) throw new Error(`cannot transform by ${transform.type}: the stand-in does not know it`);
    return string.fmt.replace("%s", text);
  }, String(value));
  const fields = toFieldPath.split(".");
  const last = fields.pop() ?? "";
  const parent = fields.reduce<Record<string, unknown>>(
    (object, field) => {
      object[field] ??= {};
      return fieldsOf(object[field]);
    },
    to as Record<string, unknown>,
  );
  parent[last] = text;
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return (value ?? {}) as Record<string, unknown>;
}

function conditionsOf(state: ResourceState | undefined): readonly { readonly type: string; readonly status: string }[] {
  const { conditions } = fieldsOf(state?.resource?.["status"]);
  return (conditions ?? []) as readonly { readonly type: string; readonly status: string }[];
}
