import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { type Resource } from "../../../src/resource/resource.js";
import { crossplaneSource } from "../../tools/index.js";

/** The namespace that Crossplane runs in. */
export const SYSTEM = "crossplane-system";

/** The user that the API server knows a ServiceAccount of Crossplane's namespace by. */
export const serviceAccount = (name: string) => `system:serviceaccount:${SYSTEM}:${name}`;

/** The groups of such a user. */
export const SERVICE_ACCOUNT_GROUPS: readonly string[] = [
  "system:serviceaccounts",
  `system:serviceaccounts:${SYSTEM}`,
  "system:authenticated",
];

/** What Crossplane's own chart lets its ServiceAccounts `crossplane` and `rbac-manager` do, with its default values. */
export async function chartRoles(): Promise<readonly Resource[]> {
  const templates = join(await crossplaneSource(), "cluster/charts/crossplane/templates");
  return FILES.flatMap((file) => objectsIn(readFileSync(join(templates, file), "utf8")));
}

const FILES = [
  "clusterrole.yaml",
  "clusterrolebinding.yaml",
  "rbac-manager-clusterrole.yaml",
  "rbac-manager-clusterrolebinding.yaml",
  "rbac-manager-allowed-provider-permissions.yaml",
  "rbac-manager-managed-clusterroles.yaml",
];

/** These templates hold plain YAML but for names, labels, and conditions that are met by default. */
function objectsIn(template: string): readonly Resource[] {
  const withNames = template
    .replaceAll(/\{\{ template "crossplane\.name" \. \}\}/g, "crossplane")
    .replaceAll(/\{\{ \.Release\.Namespace \}\}/g, SYSTEM)
    // Whether the ServiceAccount is given.
    .replaceAll(/\{\{- if not [^}]*\}\}[\s\S]*?\{\{- else \}\}/g, "");
  const plain = withNames.replaceAll(/\{\{-?[^}]*\}\}/g, "\n");
  return parseAllDocuments(plain)
    .map((document) => document.toJS() as Resource | null)
    .filter((object): object is Resource => object !== null);
}
