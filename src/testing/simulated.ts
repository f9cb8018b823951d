import { type Composes, type Fn, isAnyXR } from "../function/index.js";
import { inProcess } from "../render/in-process.js";
import { annotationsOf, COMPOSITION_RESOURCE_NAME, labelsOf, nameOf, namespaceOf } from "../render/unstructured.js";
import { dataText } from "../resource/secrets.js";
import { type In, type Manifest, manifest, type Schema, type XRD } from "../schema/index.js";
import {
  type Happening,
  type Platform,
  type SimulateInput,
  type Simulation,
  type Stage,
  simulate,
  type What,
} from "../simulate/index.js";
import { type JsonObject } from "../wire/index.js";
import { type Names, type ObjectAt } from "./composed-at.js";
import { nearest } from "./nearest.js";
import { complete } from "./run.js";

/** What is simulated of one function. The first stage applies the XR. */
export interface Course<X extends XRD, S extends Schema>
  extends Omit<SimulateInput, "platform" | "stages">,
    Pick<Stage, "faults" | "until" | "limit"> {
  /** As a developer writes it. */
  readonly xr: Manifest<X>;
  /** As the platform writes it in the Composition's step. Default: nothing. */
  readonly input?: In<S>;
  /** What happens after that. Default: nothing. */
  readonly next?: readonly Next<X>[];
}

/** A stage that may also apply the XR, as it is then, or delete it: `null`. */
export interface Next<X extends XRD> extends Stage {
  /** Default: it stays as it is. */
  readonly xr?: Manifest<X> | null;
}

/** What a simulation of one XR came to, with access to what a test asks for. */
// Its variance is said for the reason that Run has.
export interface Simulated<in out C> extends Simulation {
  /** The XR at the end; undefined once it is gone. */
  readonly xr: JsonObject | undefined;
  /**
   * What the XR composes at the end under a composition resource name, of the type that `composes` says.
   *
   * @throws Error where there is none, which says what there is
   */
  composed<Name extends Names<C>>(name: Name): ObjectAt<C, Name>;
  /**
   * What is in a Secret at the end, as text: by its metadata.name or its composition resource name.
   *
   * @throws Error where there is none, which says which there are
   */
  secret(name: string): Readonly<Record<string, string>>;
  /** When something first happened to what has a composition resource name or a metadata.name; undefined if it did not. */
  when(what: What, name: string): number | undefined;
}

/**
 * Simulates one function, alone: its XRDs and a Composition of one step are made for it, and it runs in this process. Whatever
 * else is needed, such as several steps or kinds of XRs: see `simulate`.
 *
 * @throws Error for a function of any XR, of which there is no XRD; and as `simulate` does
 */
export async function simulated<X extends XRD, S extends Schema, C extends Composes>(
  fn: Fn<X, S, C>,
  { xr: written, input, next = [], faults, until, limit, ...around }: Course<X, S>,
): Promise<Simulated<C>> {
  const apply = (xr: Manifest<X>) => complete(fn, xr) as unknown as JsonObject;
  const xr = apply(written);
  const first: Stage = {
    apply: [xr],
    ...(faults && { faults }),
    ...(until !== undefined && { until }),
    ...(limit !== undefined && { limit }),
  };
  const later = next.map(({ xr: changed, ...stage }): Stage => {
    if (changed === undefined) return stage;
    if (changed === null) return { until: "gone", ...stage, delete: [...(stage.delete ?? []), { object: xr }] };
    return { ...stage, apply: [apply(changed), ...(stage.apply ?? [])] };
  });
  const simulation = await simulate({ ...around, platform: platformOf(fn, input), stages: [first, ...later] });
  return { ...simulation, ...accessTo(simulation, xr) } as Simulated<C>;
}

function platformOf<X extends XRD, S extends Schema, C extends Composes>(
  fn: Fn<X, S, C>,
  input: In<S> | undefined,
): Platform {
  if (fn.composite.some(isAnyXR)) {
    throw new Error(`cannot simulate ${fn.name} alone: it composes any XR; say the platform to simulate`);
  }
  const asJson = (object: unknown) => object as JsonObject;
  return {
    xrds: fn.composite.map((xrd) => asJson(manifest(xrd))),
    compositions: fn.composite.map(({ group, version, kind }) => ({
      apiVersion: "apiextensions.crossplane.io/v1",
      kind: "Composition",
      metadata: { name: `${kind.toLowerCase()}-${fn.name}` },
      spec: {
        compositeTypeRef: { apiVersion: `${group}/${version}`, kind },
        mode: "Pipeline",
        pipeline: [
          {
            step: fn.name,
            functionRef: { name: fn.name },
            ...(input !== undefined && { input: inputOf(asJson(input)) }),
          },
        ],
      },
    })),
    functions: { [fn.name]: inProcess(fn) },
  };
}

/** What every input of a step has to say. */
const inputOf = (input: JsonObject) => ({ apiVersion: "testing.trimtab.dev/v1", kind: "Input", ...input });

function accessTo({ objects, timeline }: Simulation, xr: JsonObject) {
  const key = (object: JsonObject) => annotationsOf(object)[COMPOSITION_RESOURCE_NAME] ?? "";
  const own = objects.filter(
    (object) => key(object) !== "" && labelsOf(object)["crossplane.io/composite"] === nameOf(xr),
  );
  const secrets = objects.filter(({ kind, apiVersion }) => apiVersion === "v1" && kind === "Secret");
  const isOf = (name: string) => (object: JsonObject) => key(object) === name || nameOf(object) === name;
  const found = (name: string, all: readonly JsonObject[], names: readonly string[]) => {
    const object = all.find(isOf(name));
    if (object) return object;
    throw new Error(`cannot read ${name}, which is not there at the end; ${nearest(name, names)}`);
  };
  const isXR = (object: JsonObject) =>
    object["kind"] === xr["kind"] && nameOf(object) === nameOf(xr) && namespaceOf(object) === namespaceOf(xr);
  const concerns = ({ object }: Happening, name: string) => object.resource === name || object.name === name;
  return {
    xr: objects.find(isXR),
    composed: (name: string) => found(name, own, own.map(key)),
    secret: (name: string) => textOf(found(name, secrets, secrets.map(nameOf))),
    when: (what: What, name: string) =>
      timeline.find((happening) => happening.what === what && concerns(happening, name))?.at,
  };
}

function textOf({ data = {} }: JsonObject): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(data as JsonObject).map(([key, value]) => [key, dataText(String(value))]));
}
