import { reason } from "../runtime/reason.js";
import { readYAMLStream } from "../yaml/index.js";

export type PackageKind = "Configuration" | "Function";

/** An object of a package, as far as packages look at it. */
export interface PackageObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly [field: string]: unknown;
}

/**
 * The objects in the files of a package, as one stream of YAML. The package's metadata comes first.
 *
 * @param files path to text
 * @throws Error that names the file, where it is no YAML, and where Crossplane would refuse what is in it
 */
export function packageStream(kind: PackageKind, files: ReadonlyMap<string, string>): string {
  const metadata: string[] = [];
  const others: string[] = [];
  for (const [path, text] of files) {
    const objects = objectsIn(path, text);
    for (const object of objects) checkAllowed(kind, object, path);
    (objects.some(isMetadata) ? metadata : others).push(withoutHead(text));
  }
  if (metadata.length !== 1) throw new Error(`there are ${metadata.length} files with metadata, not one`);
  return [...metadata, ...others].map((text) => `---\n${text}`).join("");
}

/**
 * The objects of a stream of YAML.
 *
 * @param name what an error calls it
 */
export function objectsIn(name: string, text: string): readonly PackageObject[] {
  const documents = reading(name, () => readYAMLStream(text));
  return documents.flatMap(({ value }) => (value === null ? [] : objectOf(value, name)));
}

/** Whether it says what the package is. */
export function isMetadata({ apiVersion }: PackageObject): boolean {
  return apiVersion.split("/", 1)[0] === "meta.pkg.crossplane.io";
}

/** What Crossplane and its CLI (2.5.0) take besides the metadata. */
const ALLOWED: Readonly<Record<PackageKind, Readonly<Record<string, readonly string[]>>>> = {
  Function: { "apiextensions.k8s.io": ["CustomResourceDefinition"] },
  Configuration: {
    "apiextensions.crossplane.io": ["CompositeResourceDefinition", "Composition", "ManagedResourceActivationPolicy"],
    "ops.crossplane.io": ["Operation", "CronOperation", "WatchOperation"],
  },
};

function checkAllowed(kind: PackageKind, object: PackageObject, path: string): void {
  const [group = ""] = object.apiVersion.split("/", 1);
  if (isMetadata(object) || ALLOWED[kind][group]?.includes(object.kind)) return;
  const kinds = Object.values(ALLOWED[kind]).flat().join(", ");
  throw new Error(
    `${path}: a ${kind} may not bring the ${object.kind} ${object.metadata.name}, only ${kinds}; apply it beside the package`,
  );
}

function objectOf(value: unknown, name: string): PackageObject {
  const { apiVersion, kind, metadata } = value as Partial<PackageObject>;
  if (typeof apiVersion !== "string" || typeof kind !== "string" || typeof metadata?.name !== "string") {
    throw new Error(`${name}: it has a document that is no object with apiVersion, kind and metadata.name`);
  }
  return value as PackageObject;
}

/** A package does not say what its files were generated from. */
function withoutHead(text: string): string {
  const lines = text.replace(/^(#.*\n)+/, "").replace(/^---\n/, "");
  return lines.endsWith("\n") ? lines : `${lines}\n`;
}

function reading<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Error(`${name}: ${reason(error)}`, { cause: error });
  }
}
