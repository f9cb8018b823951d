import { describe, expect, test } from "vitest";
import { sbom } from "./sbom.js";

const list = (license?: string) =>
  JSON.parse(
    sbom({
      name: "function-lamp",
      version: "1.0.0",
      packages: [{ name: "@acme/wire", version: "2.0.0", folder: "/anywhere", ...(license && { license }) }],
      created: 0,
      toolkit: "0.1.0",
    }),
  );

describe("sbom", () => {
  test("lists packages as SPDX has it, and nothing of the machine", () => {
    const document = list("MIT");
    expect(document).toMatchObject({
      spdxVersion: "SPDX-2.3",
      dataLicense: "CC0-1.0",
      name: "function-lamp-1.0.0",
      creationInfo: { created: "1970-01-01T00:00:00Z", creators: ["Tool: trimtab-0.1.0"] },
    });
    expect(document.packages[1]).toMatchObject({
      SPDXID: "SPDXRef-acme-wire-2.0.0",
      name: "@acme/wire",
      versionInfo: "2.0.0",
      licenseDeclared: "MIT",
      externalRefs: [{ referenceLocator: "pkg:npm/%40acme/wire@2.0.0" }],
    });
    expect(document.relationships).toEqual([
      {
        spdxElementId: "SPDXRef-DOCUMENT",
        relationshipType: "DESCRIBES",
        relatedSpdxElement: "SPDXRef-Package",
      },
      {
        spdxElementId: "SPDXRef-Package",
        relationshipType: "CONTAINS",
        relatedSpdxElement: "SPDXRef-acme-wire-2.0.0",
      },
    ]);
    expect(JSON.stringify(document)).not.toContain("/anywhere");
  });

  const licenses: Readonly<Record<string, { license?: string; declared: string }>> = {
    "an expression": { license: "(MIT OR Apache-2.0)", declared: "(MIT OR Apache-2.0)" },
    "an exception": {
      license: "GPL-2.0-only WITH Classpath-exception-2.0",
      declared: "GPL-2.0-only WITH Classpath-exception-2.0",
    },
    "a file": { license: "SEE LICENSE IN LICENSE.txt", declared: "NOASSERTION" },
    "no license": { license: "UNLICENSED", declared: "NOASSERTION" },
    nothing: { declared: "NOASSERTION" },
  };
  test.each(Object.entries(licenses))("takes from package.json %s", (_, { license, declared }) => {
    expect(list(license).packages[1].licenseDeclared).toBe(declared);
  });
});
