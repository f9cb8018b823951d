import { type Deployment, type DeploymentCondition, type DeploymentStatus } from "./deployment.js";
import { type PodState } from "./pod-state.js";

/**
 * What a Deployment's status is to become, or undefined if it says so already. Why it is not available stands in the
 * condition's message, which Crossplane repeats in the condition of the package.
 */
export function statusOf(
  { metadata, status }: Deployment,
  { isReady, reason }: PodState,
  now: Date,
): DeploymentStatus | undefined {
  const condition: DeploymentCondition = {
    type: "Available",
    status: isReady ? "True" : "False",
    reason: isReady ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
    message: reason,
  };
  const old = status?.conditions?.find(({ type }) => type === "Available");
  const isSaid = old?.status === condition.status && old.message === condition.message;
  if (isSaid && status?.observedGeneration === metadata.generation) return undefined;

  const time = `${now.toISOString().slice(0, 19)}Z`;
  const since = old?.status === condition.status ? (old.lastTransitionTime ?? time) : time;
  const ready = isReady ? 1 : 0;
  return {
    observedGeneration: metadata.generation,
    replicas: 1,
    updatedReplicas: 1,
    readyReplicas: ready,
    availableReplicas: ready,
    unavailableReplicas: 1 - ready,
    conditions: [{ ...condition, lastUpdateTime: time, lastTransitionTime: since }],
  };
}
