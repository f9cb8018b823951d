import { type Resource } from "trimtab";

// What else there is in the namespace payments.

/** The ServiceAccount api. */
export function account(metadata: object): Resource {
  return { apiVersion: "v1", kind: "ServiceAccount", metadata: { namespace: "payments", name: "api", ...metadata } };
}

export function workloadIdentity(serviceAccount: string, status: object): Resource {
  return {
    apiVersion: "platform.trimtab.dev/v1alpha1",
    kind: "XWorkloadIdentity",
    metadata: { namespace: "payments", name: "shared" },
    spec: { serviceAccount },
    status,
  } as Resource;
}
