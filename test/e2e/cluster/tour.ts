import { join } from "node:path";
import { repository } from "../../support/repository.js";
import { type Cluster } from "./cluster.js";

/** What a shell has in its environment to use a cluster. */
export function environmentOf(cluster: Cluster): Readonly<Record<string, string>> {
  return { ...shown(cluster), PATH: `${cluster.bin}:${process.env["PATH"]}` };
}

/** What there is to do, to read and to copy. Commands are indented by four, for a shell in the repository's folder. */
export function tour(cluster: Cluster): string {
  const { bin, namespace, developer, folder, timeline } = cluster;
  const exports = Object.entries(shown(cluster)).map(([name, value]) => `    export ${name}=${value}\n`);
  return `
A Crossplane is up, and XBucket is installed, from a registry of its own.

Real are etcd, kube-apiserver, kube-controller-manager, the registry, Crossplane and its RBAC manager with no more rights than
their chart gives them, our packages, and the functions, which run from their images. AWS and its provider are a stand-in:
nothing is made in any account; names, ARNs and credentials are made up. So is the kubelet, which runs functions and no other Pods.

In another shell:

    cd ${repository.replace(/\/$/, "")}
${exports.join("")}    export PATH=${bin}:$PATH

A bucket for a service, and what comes of it:

    kubectl apply -f examples/read-write/xr.yaml
    kubectl get xbucket -n ${namespace} -w
    kubectl get managed -n ${namespace}
    kubectl describe xbucket receipts -n ${namespace}
    crossplane resource trace xbucket/receipts -n ${namespace}
    tail -n +1 -f ${timeline}

What the service gets:

    kubectl describe secret receipts-bucket -n ${namespace}

Change it, such as the consumer's prefix:

    kubectl edit xbucket receipts -n ${namespace}

A developer may do so in ${namespace}, and nowhere else:

    kubectl auth can-i create xbuckets -n ${namespace} --as ${developer}
    kubectl auth can-i create xbuckets -n default --as ${developer}
    kubectl apply -f examples/claim/claim.yaml --as ${developer}

What Crossplane has installed:

    kubectl get configurations,functions,providers

Delete it. What it composed goes, and the bucket stays, as the timeline says:

    kubectl delete -f examples/read-write/xr.yaml

Logs are in ${folder}/*.log, those of functions in ${join(folder, "kubelet/pods")}/*/log.
How to load packages of your own, and to break something: docs/cluster.md. Ctrl-C stops all of it.
`;
}

/** What commands of docs/cluster.md name. */
function shown({ kubeconfig, registry, base }: Cluster): Readonly<Record<string, string>> {
  return { KUBECONFIG: kubeconfig, REGISTRY: registry, BASE_IMAGE: base };
}

/** The commands of a tour, in its order. */
export function commandsOf(text: string): readonly string[] {
  return text
    .split("\n")
    .filter((line) => line.startsWith("    "))
    .map((line) => line.trim());
}
