import { type Resource } from "../../../src/resource/resource.js";
import { parseReference, registry } from "../../../src/xpkg/oci/index.js";
import { packageImage } from "../packages/provider-packages.js";

/** A Configuration of somebody else, of one kind that nothing takes care of. */
export const NOTES: Resource = {
  apiVersion: "pkg.crossplane.io/v1",
  kind: "Configuration",
  metadata: { name: "notes" },
};

/** Where it is installed from. */
export const NOTES_PACKAGE = "registry.example.org/trimtab/notes:v0.1.0";

/** Publishes it in a control plane's registry. */
export async function publishNotes(host: string): Promise<void> {
  const image = await packageImage([META, XRD]);
  await registry().push(image, parseReference(NOTES_PACKAGE.replace(/^[^/]+/, `${host}/mirror`)));
}

const META = { apiVersion: "meta.pkg.crossplane.io/v1", kind: "Configuration", metadata: { name: "notes" }, spec: {} };

const XRD = {
  apiVersion: "apiextensions.crossplane.io/v2",
  kind: "CompositeResourceDefinition",
  metadata: { name: "notes.example.org" },
  spec: {
    group: "example.org",
    names: { kind: "Note", plural: "notes" },
    scope: "Namespaced",
    versions: [{ name: "v1", served: true, referenceable: true, schema: { openAPIV3Schema: { type: "object" } } }],
  },
};
