import { type AnyXR, decodeBase64, type Resource } from "trimtab";
import { type Other, run, type Situation } from "trimtab/testing";
import { connection } from "./function.js";
import { type Connection } from "./input.js";

// What the specs of this function start from.

export const uid = "11111111-1111-1111-1111-111111111111";
export const database = {
  apiVersion: "platform.example.org/v1",
  kind: "XDatabase",
  metadata: { name: "orders", namespace: "shop", uid } as { readonly name: string; readonly namespace: string },
  spec: { secretName: "orders-db", size: 3 },
};
export const legacy = {
  ...database,
  kind: "XLegacyDatabase",
  metadata: { name: "orders-x7k2p", uid } as { readonly name: string },
};
export const claimed = { ...legacy, spec: { ...legacy.spec, claimRef: { name: "orders", namespace: "shop" } } };

export const ready = [{ type: "Ready", status: "True" }];
export const instance = {
  apiVersion: "rds.aws.m.upbound.io/v1beta1",
  kind: "Instance",
  metadata: { name: "orders-abc", annotations: { "crossplane.io/external-name": "orders-1" } },
  status: {
    conditions: ready,
    atProvider: { address: "db.example.org", port: 5432, tls: false, big: 2 ** 53, zones: ["a", "b"], empty: "" },
  },
  connection: { username: "fake-user", password: "fake-password" },
} as unknown as Other;

export const password = {
  name: "password",
  type: "FromConnectionSecretKey",
  resource: "instance",
  fromConnectionSecretKey: "password",
} as const;
export const field = (path: string, more: object = {}) =>
  ({ name: "key", type: "FromFieldPath", resource: "instance", fromFieldPath: path, ...more }) as const;
export const inputOf = (connectionDetails: readonly unknown[], more: object = {}) => ({
  secrets: [{ name: "db", connectionDetails: connectionDetails as never, ...more }],
});

/** What is around the step; typed loosely, since much of it is wrong on purpose. */
interface Around {
  readonly xr?: object;
  readonly others?: Readonly<Record<string, Other>>;
  readonly observed?: object;
  readonly required?: readonly Resource[];
  readonly connectionDetails?: Readonly<Record<string, string>>;
}

/** One reconcile, with what is published as text. */
export function publish(input: object, around: Around = {}) {
  const situation = { xr: database, others: { instance }, ...around, input };
  const outcome = run(
    connection,
    situation as unknown as Situation<AnyXR, typeof Connection, typeof connection.composes>,
  );
  const text = Object.values(outcome.resources).map((resource) => {
    const { data = {} } = resource as { readonly data?: Readonly<Record<string, string>> };
    return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, decodeBase64(value)]));
  });
  return { ...outcome, text, message: outcome.results[0]?.message, composed: outcome.conditions.at(-1)?.message };
}
