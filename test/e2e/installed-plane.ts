import { inject } from "vitest";
import { providerCRDsFor } from "../support/provider-crds.js";
import { type ControlPlaneOptions } from "./control-plane/control-plane.js";
import { type InstalledPlane, startInstalledPlane } from "./start-installed-plane.js";

export { CONFIGURATION, type InstalledPlane } from "./start-installed-plane.js";

/**
 * A control plane with the packages that were built for all suites. Undefined, where the provider's CRDs are absent: the
 * suite is to be skipped.
 */
export async function installedPlane(
  what: string,
  options: ControlPlaneOptions = {},
): Promise<InstalledPlane | undefined> {
  const crds = providerCRDsFor(what);
  return crds.length === 0 ? undefined : startInstalledPlane({ ...options, crds, packages: inject("packages") });
}
