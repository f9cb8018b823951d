import { claimCRD, crd } from "trimtab/schema";
import { type Resource } from "../../src/resource/resource.js";
import project from "../../trimtab.config.js";

/** The CRDs that Crossplane derives from every XRD of the project, those of claims included. */
export const projectCRDs = project.xrds.flatMap((xrd) =>
  [crd(xrd), claimCRD(xrd) ?? []].flat(),
) as unknown as readonly Resource[];
