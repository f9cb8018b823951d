import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type OpenAPI } from "trimtab/schema";
import { type Resource } from "../../src/resource/resource.js";
import { repository } from "./repository.js";
import { objectIn } from "./yaml-objects.js";

/** A CustomResourceDefinition, as far as the tests look into it. */
export interface CRD extends Resource {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string; readonly plural: string };
    readonly scope: "Namespaced" | "Cluster";
    readonly versions: readonly {
      readonly name: string;
      readonly subresources?: { readonly status?: object };
      readonly schema: { readonly openAPIV3Schema: OpenAPI };
    }[];
  };
}

/** What is too large for the repository lies beside it; TRIMTAB_SHARED says where else. */
const shared = process.env["TRIMTAB_SHARED"] ?? join(repository, "../shared");

/** The folder of the CRDs of the AWS provider (`<provider>/*.yaml`). */
const folder = join(shared, "crds");

/** Where they are absent: why, and what helps. */
export const NO_PROVIDER_CRDS = `no provider CRDs in ${folder}; set TRIMTAB_SHARED to a folder that has them in crds/`;

/** The CRDs of the AWS provider; none where they are absent. */
export function providerCRDs(): readonly CRD[] {
  const providers = existsSync(folder) ? readdirSync(folder) : [];
  return providers.flatMap((provider) => crdsIn(join(folder, provider)));
}

/**
 * The same for a test. Where they are absent the suite is to skip `what`, which is said on the console; under CI nothing
 * may be left out, and it throws.
 */
export function providerCRDsFor(what: string): readonly CRD[] {
  const crds = providerCRDs();
  if (crds.length > 0) return crds;
  const message = `cannot test ${what}: ${NO_PROVIDER_CRDS}`;
  if (process.env["CI"]) throw new Error(message);
  console.warn(`left out: ${message}`);
  return [];
}

function crdsIn(folder: string): readonly CRD[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(".yaml"));
  return files.map((file) => objectIn(join(folder, file)) as CRD);
}
