import { readYAMLStream } from "../yaml/index.js";
import { ANNOTATION } from "./annotation.js";
import { CACHED_DATA_LABEL, FOLDER } from "./function-image.js";
import { filesOf } from "./layer-files.js";
import { type Image, type Layer, platformText } from "./oci/index.js";
import { isMetadata, objectsIn, type PackageObject } from "./package-objects.js";
import { readExamples, readPackage } from "./read-package.js";

/** What a package is. */
export interface Inspection {
  readonly kind: string;
  readonly name: string;
  readonly annotations: Readonly<Record<string, string>>;
  /** The versions of Crossplane that it is for; undefined where it does not say. */
  readonly crossplane: string | undefined;
  readonly capabilities: readonly string[];
  readonly dependsOn: readonly Dependency[];
  readonly objects: readonly Named[];
  readonly examples: readonly Named[];
  readonly images: readonly InspectedImage[];
}

export interface Named {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}

export interface Dependency {
  readonly kind: string;
  readonly package: string;
  readonly version: string;
}

/** What runs on one platform. */
export interface InspectedImage {
  readonly platform: string;
  readonly digest: string;
  readonly created: string | undefined;
  /** In bytes, compressed. */
  readonly size: number;
  readonly user: string | undefined;
  readonly entrypoint: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly layers: readonly InspectedLayer[];
  /** Whose Node has made the cached data that it brings; undefined where it brings none. */
  readonly cachedData: string | undefined;
  /** The packages of npm's in it; undefined where it does not list them. */
  readonly packages: readonly InspectedPackage[] | undefined;
}

export interface InspectedLayer {
  readonly digest: string;
  readonly size: number;
  /** What it is to Crossplane: `base` is package.yaml, `upbound` examples. Undefined for files. */
  readonly annotation: string | undefined;
}

export interface InspectedPackage {
  readonly name: string;
  readonly version: string;
  readonly license: string | undefined;
}

/**
 * Looks into a package.
 *
 * @param images annotated; of one package, for different platforms
 * @throws Error where they are no package
 */
export async function inspect(images: readonly Image[]): Promise<Inspection> {
  const [first] = images;
  if (first === undefined) throw new Error("there is no image");
  const all = objectsIn("package.yaml", await readPackage(first));
  const metadata = all.find(isMetadata);
  if (metadata === undefined) throw new Error("its package.yaml has no metadata of meta.pkg.crossplane.io");
  const examples = readYAMLStream((await readExamples(first)) ?? "");
  return {
    ...described(metadata),
    objects: all.filter((object) => !isMetadata(object)).map(named),
    examples: examples.flatMap(({ value }) => exampleNamed(value)),
    images: await Promise.all(images.map(inspectedImage)),
  };
}

function described({ kind, metadata, spec }: PackageObject) {
  const { crossplane, capabilities, dependsOn } = (spec ?? {}) as {
    readonly crossplane?: { readonly version?: string };
    readonly capabilities?: readonly string[];
    readonly dependsOn?: readonly Readonly<Record<string, string>>[];
  };
  return {
    kind,
    name: metadata.name,
    annotations: metadata.annotations ?? {},
    crossplane: crossplane?.version,
    capabilities: capabilities ?? [],
    dependsOn: (dependsOn ?? []).map(dependency),
  };
}

/** Older metadata names the kind by the field that holds the package. */
function dependency(given: Readonly<Record<string, string>>): Dependency {
  const old = ["provider", "configuration", "function"].find((field) => given[field] !== undefined);
  const kind = old === undefined ? given["kind"] : `${old[0]?.toUpperCase()}${old.slice(1)}`;
  return {
    kind: kind ?? "",
    package: given[old ?? "package"] ?? "",
    version: given["version"] ?? "",
  };
}

function named({ apiVersion, kind, metadata }: PackageObject): Named {
  return { apiVersion, kind, name: metadata.name };
}

/** Nobody checks examples: they may leave out what a package's objects have to say. */
function exampleNamed(value: unknown): readonly Named[] {
  if (typeof value !== "object" || value === null) return [];
  const { apiVersion, kind, metadata } = value as Readonly<Record<string, unknown>>;
  const { name, generateName } = (metadata ?? {}) as Readonly<Record<string, unknown>>;
  return [{ apiVersion: String(apiVersion ?? ""), kind: String(kind ?? ""), name: String(name ?? generateName ?? "") }];
}

async function inspectedImage(image: Image): Promise<InspectedImage> {
  const { platform, descriptor, config, layers } = image;
  const { User, Entrypoint = [], Cmd, Labels = {} } = config.config ?? {};
  return {
    platform: platformText(platform),
    digest: descriptor.digest,
    created: config.created,
    size: layers.reduce((sum, layer) => sum + layer.descriptor.size, 0),
    user: User,
    entrypoint: [...Entrypoint, ...(Cmd ?? [])],
    labels: Labels,
    layers: layers.map(inspectedLayer),
    cachedData: Labels[CACHED_DATA_LABEL],
    packages: await packagesOf(image),
  };
}

function inspectedLayer({ descriptor }: Layer): InspectedLayer {
  const { digest, size, annotations } = descriptor;
  return { digest, size, annotation: annotations?.[ANNOTATION] };
}

/** What the topmost layer of files lists, which is where we put it; those below may be large, and far away. */
async function packagesOf({ layers }: Image): Promise<readonly InspectedPackage[] | undefined> {
  const path = `${FOLDER}/sbom.spdx.json`;
  const top = layers.findLast(({ descriptor }) => descriptor.annotations?.[ANNOTATION] === undefined);
  const text = top && (await filesOf(top, (each) => each === path)).get(path)?.toString("utf8");
  if (text === undefined) return undefined;
  const { packages } = JSON.parse(text) as {
    readonly packages: readonly {
      readonly SPDXID: string;
      readonly name: string;
      readonly versionInfo: string;
      readonly licenseDeclared: string;
    }[];
  };
  return packages
    .filter(({ SPDXID }) => SPDXID !== "SPDXRef-Package")
    .map(({ name, versionInfo, licenseDeclared }) => ({
      name,
      version: versionInfo,
      license: licenseDeclared === "NOASSERTION" ? undefined : licenseDeclared,
    }));
}
