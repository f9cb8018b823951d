import { type StatusCondition } from "trimtab";
import { type Identity } from "./identity.js";
import { type Lack } from "./lack.js";

/** The condition IdentityReady: whether Pods that start now get the role. */
export function identityReady(lack: Lack | undefined, { createServiceAccount }: Identity): StatusCondition {
  const type = "IdentityReady";
  if (lack)
    return {
      type,
      status: "False",
      reason: lack.reason,
      message: `Pods that start now get no role: waiting for ${lack.what}`,
    };
  if (createServiceAccount) return { type, status: "True", reason: "Available" };
  const message = "Pods that started before the last transition run without the role until they are restarted";
  return { type, status: "True", reason: "Available", message };
}
