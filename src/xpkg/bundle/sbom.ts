import { createHash } from "node:crypto";
import { type BundledPackage } from "./bundled-packages.js";

export interface SbomOptions {
  /** What the packages are in. */
  readonly name: string;
  readonly version: string;
  readonly packages: readonly BundledPackage[];
  /** In seconds since 1970. */
  readonly created: number;
  /** The version of the toolkit that writes it. */
  readonly toolkit: string;
}

/** A list of packages as SPDX 2.3 has it, in JSON. The same options give the same bytes. */
export function sbom(options: SbomOptions): string {
  const { name, version, packages, created, toolkit } = options;
  const whole = { SPDXID: "SPDXRef-Package", name, versionInfo: version, ...UNSAID, licenseDeclared: "NOASSERTION" };
  const parts = packages.map(partOf);
  const document = {
    spdxVersion: "SPDX-2.3",
    dataLicense: "CC0-1.0",
    SPDXID: "SPDXRef-DOCUMENT",
    name: `${name}-${version}`,
    documentNamespace: `https://trimtab.dev/spdx/${name}-${version}-${hashOf(JSON.stringify(parts))}`,
    creationInfo: {
      created: new Date(created * 1000).toISOString().replace(".000Z", "Z"),
      creators: [`Tool: trimtab-${toolkit}`],
    },
    packages: [whole, ...parts],
    relationships: [
      relationship("SPDXRef-DOCUMENT", "DESCRIBES", whole.SPDXID),
      ...parts.map(({ SPDXID }) => relationship(whole.SPDXID, "CONTAINS", SPDXID)),
    ],
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** What SPDX wants to be said, and nobody here has looked into. */
const UNSAID = {
  downloadLocation: "NOASSERTION",
  filesAnalyzed: false,
  licenseConcluded: "NOASSERTION",
  copyrightText: "NOASSERTION",
};

function partOf({ name, version, license }: BundledPackage) {
  const locator = `pkg:npm/${name.replace(/^@/, "%40")}@${version}`;
  return {
    SPDXID: `SPDXRef-${`${name}-${version}`.replace(/[^A-Za-z0-9.]+/g, "-").replace(/^-/, "")}`,
    name,
    versionInfo: version,
    ...UNSAID,
    licenseDeclared: license !== undefined && isExpression(license) ? license : "NOASSERTION",
    externalRefs: [{ referenceCategory: "PACKAGE-MANAGER", referenceType: "purl", referenceLocator: locator }],
  };
}

/** Whether a text has the form of an SPDX license expression, which `SEE LICENSE IN …` and UNLICENSED have not. */
function isExpression(license: string): boolean {
  const id = "[A-Za-z0-9.+-]+";
  const pattern = new RegExp(String.raw`^\(*${id}( WITH ${id})?\)*( (AND|OR) \(*${id}( WITH ${id})?\)*)*$`);
  return license !== "UNLICENSED" && pattern.test(license);
}

function relationship(spdxElementId: string, relationshipType: string, relatedSpdxElement: string) {
  return { spdxElementId, relationshipType, relatedSpdxElement };
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
