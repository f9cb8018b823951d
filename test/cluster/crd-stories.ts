import type fc from "fast-check";
import { type OpenAPI } from "trimtab/schema";
import { type CRD } from "../support/provider-crds.js";
import { admitted, loosened } from "./crd-values.js";
import { type Story, stories } from "./story.js";

/** Stories of a custom resource, as random as its schema allows. */
export function crdStories({ spec: { group, names, versions } }: CRD): fc.Arbitrary<Story> {
  const [version] = versions;
  if (!version) throw new Error(`cannot generate a ${names.kind}: its CRD has no version`);
  const { properties = {}, ...schema } = version.schema.openAPIV3Schema;
  const { apiVersion: _, kind: __, metadata: ___, status, ...own } = properties;
  const fields: OpenAPI = { ...schema, properties: own };
  return stories(
    { apiVersion: `${group}/${version.name}`, kind: names.kind },
    admitted(fields) as fc.Arbitrary<object>,
    admitted(loosened(fields)) as fc.Arbitrary<object>,
    version.subresources?.status && status && admitted(status),
  );
}
