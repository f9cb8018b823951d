import { type AnyFn, isAnyXR } from "../function/index.js";
import { type XRD } from "../schema/index.js";
import { type StandIn } from "../simulate/index.js";
import { type CompositionProps, checkComposition } from "../synth/composition-props.js";
import { type ConfigurationProps, type FunctionPackageProps } from "../synth/package-props.js";
import { functionName } from "../synth/step.js";

/** What `trimtab.config.ts` exports by default: all that there is, and nothing that runs when it is loaded. */
export interface ProjectDefinition {
  readonly functions: readonly AnyFn[];
  /** The pipelines; see `step`. Default: none. */
  readonly compositions?: readonly CompositionProps[];
  /** Default: those that the functions and the Compositions compose. */
  readonly xrds?: readonly XRD[];
  /** How kinds behave in `trimtab simulate` that it knows nothing of. Default: none. */
  readonly standIns?: readonly StandIn[];
  /** What is published. Default: nothing. */
  readonly packages?: readonly (ConfigurationProps | FunctionPackageProps)[];
}

/** A project with its defaults. */
export type Project = Required<ProjectDefinition>;

/**
 * Checks what a project consists of, and fills in defaults. A project that was defined already comes out as it is.
 *
 * @throws Error that names the field
 */
export function defineProject(definition: ProjectDefinition): Project {
  const { functions, compositions = [], packages = [], standIns = [] } = checkShape(definition);
  const composed = [
    ...functions.flatMap(({ composite }) => composite as readonly XRD[]),
    ...compositions.map(({ composite }) => composite),
  ];
  const { xrds = [...new Set(composed)].filter((xrd) => !isAnyXR(xrd)) } = definition;
  for (const composition of compositions) checkComposition(composition);
  refuseTwice(
    "functions",
    functions.map(({ name }) => name),
  );
  refuseTwice(
    "compositions",
    compositions.map(({ name }) => name),
  );
  refuseTwice(
    "packages",
    packages.map((each) => each.name ?? (each.kind === "Function" ? functionName(each.function) : "")),
  );
  return { functions, compositions, xrds, packages, standIns };
}

function checkShape(definition: ProjectDefinition): ProjectDefinition {
  if (!isRecord(definition)) {
    throw new Error("cannot define the project: it is not an object; pass one to defineProject");
  }
  for (const [field, value] of Object.entries(definition)) {
    const shape = SHAPES.get(field);
    if (shape === undefined) {
      throw new Error(
        `cannot define the project: it has no field ${field}; there are ${[...SHAPES.keys()].join(", ")}`,
      );
    }
    if (value !== undefined) checkList(field, value, shape);
  }
  if (definition.functions === undefined)
    throw new Error("cannot define the project: functions is missing; list what defineFunction made");
  return definition;
}

interface Shape {
  /** What an item should be, as the error says it. */
  readonly is: string;
  fits(item: Readonly<Record<string, unknown>>): boolean;
}

/** What the items of each field are. */
const SHAPES: ReadonlyMap<string, Shape> = new Map<keyof ProjectDefinition, Shape>([
  [
    "functions",
    {
      is: "a function; make it with defineFunction",
      fits: ({ name, compose, composite }) => isText(name) && typeof compose === "function" && Array.isArray(composite),
    },
  ],
  [
    "compositions",
    {
      is: "a Composition; it needs name, composite and pipeline",
      fits: ({ name, composite, pipeline }) => isText(name) && isRecord(composite) && Array.isArray(pipeline),
    },
  ],
  [
    "xrds",
    {
      is: "an XRD; make it with defineXRD or legacy",
      fits: ({ group, version, kind }) => isText(group) && isText(version) && isText(kind),
    },
  ],
  [
    "standIns",
    {
      is: "a stand-in for a kind; it needs apiVersion and kind",
      fits: ({ apiVersion, kind }) => isText(apiVersion) && isText(kind),
    },
  ],
  [
    "packages",
    {
      is: "a package; it needs kind: Configuration with name and compositions, or kind: Function with function",
      fits: ({ kind, name, compositions, function: fn }) =>
        (kind === "Configuration" && isText(name) && Array.isArray(compositions)) ||
        (kind === "Function" && isRecord(fn)),
    },
  ],
]);

function checkList(field: string, value: unknown, { is, fits }: Shape): void {
  if (!Array.isArray(value)) throw new Error(`cannot define the project: ${field} is not a list`);
  for (const [index, item] of value.entries()) {
    if (!isRecord(item) || !fits(item)) throw new Error(`cannot define the project: ${field}[${index}] is not ${is}`);
  }
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function refuseTwice(field: string, names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new Error(`cannot define the project: ${field} has two that are named ${twice}; rename one`);
}
