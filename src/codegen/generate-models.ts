import { identifierOf } from "./identifier.js";
import { modelText } from "./model.js";
import { type CRD, readCRD } from "./read-crd.js";
import { imports, RUNTIME_SYMBOLS, type RuntimeSymbol } from "./runtime-imports.js";
import { type Writer } from "./type-text.js";

export interface GenerateOptions {
  /**
   * Where generated code imports the runtime from: a module such as "trimtab", or a relative folder with the modules of
   * trimtab's `resource`, such as "../../resource". Default: "trimtab".
   */
  readonly runtime?: string;
  /** Whether descriptions become doc comments. Default: false. */
  readonly docs?: boolean;
  /** What the CRDs are of, for the first line of each file, such as "provider-upjet-aws v2.6.0". Default: not said. */
  readonly source?: string;
  /** What an error calls a CRD, such as its file. Default: its kind and name, or its place in the list. */
  readonly nameOf?: (crd: object) => string | undefined;
}

/**
 * Models of the kinds that CRDs define, in the version that is stored: file name to text, a file for each API group,
 * named after its first label. Groups that share that label have files named after the whole group.
 *
 * The same CRDs give the same text, in whatever order they come. Throws, with the name of what is at fault, for an
 * object that is not a CRD, a CRD without a schema, and two CRDs of one kind.
 */
export function generateModels(crds: readonly object[], options: GenerateOptions = {}): Map<string, string> {
  const named = crds.map((crd, index) => ({ name: options.nameOf?.(crd) ?? nameOf(crd, index), crd }));
  const read = named.map(({ name, crd }) => ({ name, crd: readCRD(crd, name) }));
  refuseDuplicates(read);
  const groups = [...new Set(read.map(({ crd }) => crd.group))].toSorted();
  const files = groups.map((group): [string, string] => {
    const members = read.flatMap(({ crd }) => (crd.group === group ? crd : []));
    return [fileName(group, groups), fileText(group, members, options)];
  });
  return new Map(files);
}

function nameOf(crd: object, index: number): string {
  const { kind, metadata } = crd as { readonly kind?: unknown; readonly metadata?: { readonly name?: unknown } | null };
  const name = metadata?.name;
  return typeof kind === "string" && typeof name === "string" ? `${kind} ${name}` : `object ${index + 1}`;
}

function refuseDuplicates(read: readonly { readonly name: string; readonly crd: CRD }[]): void {
  const seen = new Map<string, string>();
  for (const { name, crd } of read) {
    const key = `${crd.kind} of ${crd.group}`;
    const first = seen.get(key);
    if (first !== undefined)
      throw new Error(`cannot generate models: ${first} and ${name} both define ${key}; give one`);
    seen.set(key, name);
  }
}

function fileName(group: string, groups: readonly string[]): string {
  const isShared = groups.some((other) => other !== group && firstLabel(other) === firstLabel(group));
  return `${isShared ? group.replaceAll(".", "-") : firstLabel(group)}.ts`;
}

function firstLabel(group: string): string {
  return group.split(".", 1)[0] ?? group;
}

function fileText(group: string, crds: readonly CRD[], options: GenerateOptions): string {
  const { runtime = "trimtab", docs = false, source } = options;
  const writer: Writer = { docs, used: new Set<RuntimeSymbol>() };
  const models = identified(crds).map(({ crd, identifier }) => modelText(crd, identifier, writer));
  const from = source === undefined ? "" : `, ${source.replace(/\s+/g, " ")}`;
  const head = `// Generated from the CRDs of ${group}${from}. Do not edit.\n`;
  return [`${head}${imports(writer.used, runtime)}`, ...models].join("\n");
}

/** Sorted by kind. Kinds whose names are identifiers as they stand choose first. */
function identified(crds: readonly CRD[]): readonly { readonly crd: CRD; readonly identifier: string }[] {
  const taken = new Set(RUNTIME_SYMBOLS);
  const sorted = crds.toSorted((a, b) => (a.kind < b.kind ? -1 : 1));
  const isPlain = ({ kind }: CRD) => !kind.includes("-");
  const chosen = new Map<CRD, string>();
  for (const crd of [...sorted.filter(isPlain), ...sorted.filter((each) => !isPlain(each))]) {
    const identifier = identifierOf(crd.kind, taken);
    taken.add(identifier);
    chosen.set(crd, identifier);
  }
  return sorted.map((crd) => ({ crd, identifier: chosen.get(crd) ?? crd.kind }));
}
