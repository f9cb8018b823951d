import { defineXRD, number, object } from "trimtab/schema";

/** An XR of which as many ConfigMaps are composed as it says. */
export const XMany = defineXRD({
  group: "bench.trimtab.dev",
  version: "v1alpha1",
  kind: "XMany",
  description: "Many ConfigMaps.",
  spec: object({ count: number() }),
  status: object({}),
});

/** One that was just applied: nothing is there yet. */
export function request({ count }) {
  const { group, version, kind } = XMany;
  const metadata = { name: "many", namespace: "orders", uid: "3f4b6c1e-7a52-4c8e-9a64-0d5a4a7b9c11", generation: 1 };
  const resource = { apiVersion: `${group}/${version}`, kind, metadata, spec: { count } };
  const context = { "apiextensions.crossplane.io/environment": { account: "123456789012" } };
  return { meta: { tag: "many" }, observed: { composite: { resource } }, context };
}
