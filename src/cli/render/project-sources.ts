import { type AnyFn } from "../../function/index.js";
import { type Project } from "../../project/define-project.js";
import { type LoadedProject } from "../../project/load-project.js";
import { readComposition } from "../../render/read-composition.js";
import { manifest } from "../../schema/index.js";
import { compositionManifest } from "../../synth/composition-manifest.js";
import { type CompositionProps } from "../../synth/composition-props.js";
import { functionName } from "../../synth/step.js";
import { type JsonObject } from "../../wire/index.js";
import { type Json } from "../../yaml/index.js";
import { admitted } from "./admitted.js";
import { type Sources } from "./render-xr.js";

/** What a project has for rendering. */
export interface ProjectSources {
  /**
   * The function behind a Function's name: the one that the project's Compositions say, or else the function `x` behind
   * `function-x` and `acme-function-x`, as Crossplane names what it installs from a repository of that name.
   */
  functionOf(name: string): AnyFn | undefined;
  /** Whether it has a Composition of an object's kind. */
  composes(object: Readonly<Record<string, Json>>): boolean;
  /**
   * The Composition and the XRD of an XR's kind. Of several Compositions the one that the XR names or selects.
   *
   * @param xrd in the place of the project's
   * @throws Error with the remedy where there is none, or more than one
   */
  sourcesOf(xr: Readonly<Record<string, Json>>, xrd: JsonObject | undefined): Sources;
}

export function projectSources(loaded: LoadedProject): ProjectSources {
  const { project } = loaded;
  const functions = functionsOf(project);
  const known = new Map<CompositionProps, Sources>();
  const ownSources = (props: CompositionProps): Sources => {
    const xrd = json(manifest(props.composite)) as JsonObject;
    return { composition: readComposition(json(compositionManifest(props))), xrd, admit: admitted(xrd, loaded.file) };
  };
  return {
    functionOf: (name) => functions.get(name) ?? functions.get(name.replace(/^.*?-(?=function-)/, "")),
    composes: (object) => project.compositions.some((props) => isOfKind(props, object)),
    sourcesOf(xr, given) {
      const props = choose(loaded, xr);
      const sources = known.get(props) ?? ownSources(props);
      known.set(props, sources);
      return given ? { ...sources, xrd: given, admit: admitted(given, "--xrd") } : sources;
    },
  };
}

function functionsOf({ functions, compositions }: Project): ReadonlyMap<string, AnyFn> {
  const named = functions.map((fn) => [functionName(fn), fn] as const);
  const steps = compositions
    .flatMap(({ pipeline }) => pipeline)
    .flatMap(({ function: fn, functionRef }) => (fn ? [[functionRef.name, fn as unknown as AnyFn] as const] : []));
  return new Map([...named, ...steps]);
}

function choose({ project, file }: LoadedProject, xr: Readonly<Record<string, Json>>): CompositionProps {
  const all = project.compositions.filter((props) => isOfKind(props, xr));
  const fitting = all.length > 1 ? all.filter((composition) => isChosen(composition, xr)) : all;
  const [props, ...others] = fitting;
  const what = `${String(xr["kind"])} of ${String(xr["apiVersion"])}`;
  if (props === undefined) {
    throw new Error(`cannot find a Composition of ${what} in ${file}; add one to compositions, or give COMPOSITION`);
  }
  if (others.length === 0) return props;
  const names = fitting.map(({ name }) => name).join(", ");
  throw new Error(`cannot choose a Composition of ${what}: ${names}; name one in spec.crossplane.compositionRef`);
}

function isOfKind({ composite }: CompositionProps, { apiVersion, kind }: Readonly<Record<string, Json>>): boolean {
  return `${composite.group}/${composite.version}` === apiVersion && composite.kind === kind;
}

function isChosen({ name, labels = {} }: CompositionProps, xr: Readonly<Record<string, Json>>): boolean {
  const spec = (xr["spec"] ?? {}) as { readonly crossplane?: Chosen } & Chosen;
  const { compositionRef, compositionSelector } = spec.crossplane ?? spec;
  if (compositionRef) return compositionRef.name === name;
  const wanted = compositionSelector?.matchLabels;
  return wanted === undefined || Object.entries(wanted).every(([key, value]) => labels[key] === value);
}

interface Chosen {
  readonly compositionRef?: { readonly name?: string };
  readonly compositionSelector?: { readonly matchLabels?: Readonly<Record<string, string>> };
}

/** What is left of an object on the way to YAML. */
function json(object: object): Json {
  return JSON.parse(JSON.stringify(object)) as Json;
}
