import { type InspectedImage, type InspectedLayer, type Inspection, type Named } from "../../xpkg/inspect.js";

/** What a package is, for a person to read. */
export function inspectionText(found: Inspection): string {
  const { kind, name, annotations, crossplane, capabilities, dependsOn, objects, examples, images } = found;
  const lines = [
    `${kind} ${name}`,
    ...facts({ Crossplane: crossplane, capabilities: capabilities.join(", ") }),
    ...facts(annotations),
    ...section(
      "depends on",
      dependsOn.map((each) => `${each.kind} ${each.package} ${each.version}`),
    ),
    ...section("objects", objects.map(objectText)),
    ...section("examples", examples.map(objectText)),
    ...images.flatMap(imageLines),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function imageLines(image: InspectedImage): readonly string[] {
  const { platform, digest, created, size, user, entrypoint, layers, cachedData, packages } = image;
  return [
    "",
    `${platform}  ${digest}`,
    ...facts({
      created,
      version: image.labels["org.opencontainers.image.version"],
      base: image.labels["org.opencontainers.image.base.name"],
      size: bytes(size),
      user,
      entrypoint: entrypoint.join(" "),
      "cached data": entrypoint.length > 0 ? (cachedData === undefined ? "none" : `of Node ${cachedData}`) : undefined,
    }),
    ...section("layers", layers.map(layerText)),
    ...section(
      "npm packages",
      packages?.map((each) => `${each.name} ${each.version} ${each.license ?? "license not said"}`) ?? [],
    ),
  ];
}

function facts(values: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.entries(values).flatMap(([name, value]) => (value ? [`  ${name}: ${value}`] : []));
}

function section(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`  ${title}:`, ...items.map((item) => `    ${item}`)];
}

function objectText({ apiVersion, kind, name }: Named): string {
  return `${kind} ${name} (${apiVersion})`;
}

function layerText({ digest, size, annotation }: InspectedLayer): string {
  return [digest, bytes(size), ...(annotation === undefined ? [] : [ANNOTATED[annotation] ?? annotation])].join("  ");
}

const ANNOTATED: Readonly<Record<string, string>> = { base: "package.yaml", upbound: "examples" };

function bytes(size: number): string {
  if (size < 1000) return `${size} B`;
  return size < 1e6 ? `${(size / 1e3).toFixed(1)} kB` : `${(size / 1e6).toFixed(1)} MB`;
}
