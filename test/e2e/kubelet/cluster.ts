import { ApiError } from "../../cluster/api-error.js";
import { type Transport } from "../../cluster/transport.js";
import { type Deployment, type DeploymentStatus } from "./deployment.js";
import { type ReadSecret } from "./volumes.js";

/** The namespace that Crossplane runs functions in. */
export const NAMESPACE = "crossplane-system";

/** What a kubelet asks an API server, and tells it. */
export interface Cluster {
  deployments(): Promise<readonly Deployment[]>;
  readonly readSecret: ReadSecret;
  report(name: string, status: DeploymentStatus): Promise<void>;
}

/** The cluster behind an API server. */
export function clusterOf(send: Transport): Cluster {
  return {
    async deployments() {
      const list = await send({ method: "GET", path: `${DEPLOYMENTS}` });
      return (list as { readonly items: readonly Deployment[] }).items;
    },
    async readSecret(name) {
      try {
        const secret = await send({ method: "GET", path: `/api/v1/namespaces/${NAMESPACE}/secrets/${name}` });
        return decode((secret as { readonly data?: Readonly<Record<string, string>> }).data ?? {});
      } catch (error) {
        if (error instanceof ApiError && error.code === 404) return undefined;
        throw error;
      }
    },
    async report(name, status) {
      const contentType = "application/merge-patch+json";
      const path = `${DEPLOYMENTS}/${name}/status`;
      const query = { fieldManager: "kubelet" };
      await send({ method: "PATCH", path, query, body: { status }, contentType });
    },
  };
}

const DEPLOYMENTS = `/apis/apps/v1/namespaces/${NAMESPACE}/deployments`;

function decode(data: Readonly<Record<string, string>>): Readonly<Record<string, Buffer>> {
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value, "base64")]));
}
