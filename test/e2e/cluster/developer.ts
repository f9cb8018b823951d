import { type Resource } from "../../../src/resource/resource.js";

/** What the API server calls the developer, whom an administrator may act as: `kubectl --as developer`. */
export const DEVELOPER = "developer";

/** A namespace, and a developer who may do there what Kubernetes lets editors do, and use XBuckets. */
export function developer(namespace: string): readonly Resource[] {
  return [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
    ...ROLES.map((name) => binding(namespace, name)),
  ];
}

/** Kubernetes' own, and what Crossplane's RBAC manager makes of each XRD. */
const ROLES = [
  "edit",
  ...["legacyxbuckets", "xbuckets", "xworkloadidentities"].map(
    (plural) => `crossplane:composite:${plural}.platform.trimtab.dev:aggregate-to-edit`,
  ),
];

function binding(namespace: string, role: string): Resource {
  const name = `${DEVELOPER}-${role.replaceAll(/[^a-z-]+/g, "-")}`;
  return {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "RoleBinding",
    metadata: { name, namespace },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role },
    subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "User", name: DEVELOPER }],
  } as Resource;
}
