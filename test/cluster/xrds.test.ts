import { describe, expect, inject, test } from "vitest";
import { Client } from "./client.js";
import { projectCRDs } from "./project-crds.js";

// Every XRD of the project becomes CRDs that a real API server establishes: structural, and within the budget of CEL.

const client = new Client(inject("apiServer"));

describe("the CRDs of every XRD", () => {
  test("are there", () => {
    expect(projectCRDs.map(({ metadata }) => metadata?.name).sort()).toEqual([
      "legacyxbuckets.platform.trimtab.dev",
      "xbucketclaims.platform.trimtab.dev",
      "xbuckets.platform.trimtab.dev",
      "xworkloadidentities.platform.trimtab.dev",
    ]);
  });

  test.each(projectCRDs.map((crd) => [crd.metadata?.name ?? "", crd] as const))("%s is established", async (_, crd) => {
    await client.installCRDs([crd]);
    const { status } = await client.read(crd);
    const conditions = Object.fromEntries((status?.conditions ?? []).map(({ type, status }) => [type, status]));
    expect(conditions).toMatchObject({ Established: "True", NamesAccepted: "True" });
    expect(conditions).not.toHaveProperty("NonStructuralSchema");
  });
});
