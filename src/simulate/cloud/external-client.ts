import { annotationsOf, isObject, nameOf, textAt, valueAt, withValue } from "../../render/unstructured.js";
import { equal } from "../../schema/json.js";
import { type JsonObject } from "../../wire/index.js";
import { type Cloud, type CloudWork } from "./cloud.js";
import { type Behaviour, CREATE_MS } from "./generic.js";
import { initialParametersOf, initProviderOf, merged, parametersOf, restricted } from "./parameters.js";
import { EXTERNAL_NAME } from "./resolve-references.js";
import { type External, type Wanted } from "./stand-in.js";
import { type Faults } from "./struck.js";

export interface ExternalClientOptions {
  readonly cloud: Cloud;
  readonly faults: Faults;
  readonly behaviour: Behaviour;
}

/** What there is of a managed resource in the cloud. */
export interface Observation {
  /** Undefined while there is none. */
  readonly external: External | undefined;
  /** What the cloud is doing with it. */
  readonly work: CloudWork | undefined;
  /** What it should be; it is so where this equals its parameters. */
  readonly parameters: JsonObject;
}

/** What a provider asks of the cloud for one managed resource, whose references are resolved. */
export class ExternalClient {
  readonly #object: JsonObject;
  readonly #options: ExternalClientOptions;

  constructor(object: JsonObject, options: ExternalClientOptions) {
    this.#object = object;
    this.#options = options;
  }

  observe(): Observation {
    const { behaviour, cloud, faults } = this.#options;
    const name = annotationsOf(this.#object)[EXTERNAL_NAME] ?? "";
    const work = name === "" ? undefined : cloud.workOn(behaviour, name);
    const found = name === "" ? undefined : cloud.find(behaviour, name);
    if (!found) return { external: undefined, work, parameters: {} };
    const fault = faults.strike(this.#object, "not-empty");
    if (fault) cloud.fill(behaviour, name, fault.holds ?? 1);
    if (!fault && faults.isOver(this.#object, "not-empty")) cloud.fill(behaviour, name, 0);
    const external = cloud.find(behaviour, name) ?? found;
    return { external, work, parameters: this.#meant(external) };
  }

  /** What the object asks for; what the cloud has chosen, and what counts for creating alone, stays as it is. */
  #meant({ parameters, ...external }: External): JsonObject {
    const chosen = this.#options.behaviour.lateInitialize?.({ ...external, parameters }) ?? {};
    const left = merged(restricted(parameters, chosen), restricted(parameters, initProviderOf(this.#object)));
    return merged(left, parametersOf(this.#object));
  }

  /**
   * Begins to create it. Returns its name in the cloud, and how many milliseconds that takes.
   *
   * @throws Error as the cloud says it
   */
  create(): { readonly name: string; readonly takes: number } {
    const { behaviour, cloud, faults } = this.#options;
    const given = annotationsOf(this.#object)[EXTERNAL_NAME] || nameOf(this.#object);
    const wanted = { object: this.#object, parameters: initialParametersOf(this.#object), name: given };
    const refused = this.#refuse(wanted);
    if (refused !== undefined) throw new Error(`cannot create ${behaviour.kind} ${given}: ${refused}`);
    const slow = faults.strike(this.#object, "slow");
    const takes = slow ? (slow.takes ?? SLOW_MS) : (behaviour.takes?.create ?? CREATE_MS);
    const nameOfId = (id: string) => behaviour.externalName?.({ ...wanted, name: id }) ?? id;
    const { name } = cloud.make({
      kind: behaviour,
      object: this.#object,
      parameters: this.#withChoices(wanted),
      name: behaviour.isNamedByCloud ? nameOfId : given,
      takes,
      ...(behaviour.partOf && { partOf: behaviour.partOf.bind(behaviour) }),
    });
    return { name, takes };
  }

  #withChoices(wanted: Wanted): JsonObject {
    return merged(this.#options.behaviour.lateInitialize?.({ ...wanted, id: "", holds: 0 }) ?? {}, wanted.parameters);
  }

  #refuse(wanted: Wanted): string | undefined {
    const { behaviour, cloud, faults } = this.#options;
    if (faults.throttles(this.#object)) return "Throttling: Rate exceeded";
    if (faults.strike(this.#object, "name-taken")) {
      return behaviour.taken?.(wanted) ?? `AlreadyExists: ${behaviour.kind} ${wanted.name} already exists`;
    }
    return behaviour.refuseCreate?.(wanted, cloud);
  }

  /**
   * Gives it its parameters. Returns how many milliseconds that takes.
   *
   * @throws Error as the provider says it
   */
  update({ external, parameters }: Observation): number {
    const { behaviour, cloud } = this.#options;
    if (!external) throw new Error(`cannot update ${behaviour.kind} ${nameOf(this.#object)}: it does not exist`);
    for (const field of behaviour.immutable ?? []) {
      const [is, asked] = [external.parameters[field], parameters[field]];
      if (equal(is, asked)) continue;
      throw new Error(
        `refuse to update the external resource because the following update requires replacing it: cannot change the value of the argument "${field}" from ${JSON.stringify(is ?? null)} to ${JSON.stringify(asked ?? null)}`,
      );
    }
    const wanted = { object: this.#object, parameters, name: external.name };
    const refused = behaviour.refuseUpdate?.(wanted, cloud);
    if (refused !== undefined) throw new Error(`cannot update ${behaviour.kind} ${external.name}: ${refused}`);
    const takes = behaviour.takes?.update ?? 0;
    cloud.update(behaviour, wanted, takes);
    return takes;
  }

  /**
   * Deletes it. Returns how many milliseconds that takes.
   *
   * @throws Error as the cloud says it
   */
  delete(external: External): number {
    const { behaviour, cloud, faults } = this.#options;
    const failing = faults.strike(this.#object, "delete-fails");
    const refused = failing ? (failing.message ?? CONFLICT) : behaviour.refuseDelete?.(external, cloud);
    if (refused !== undefined) throw new Error(`cannot delete ${behaviour.kind} ${external.name}: ${refused}`);
    const takes = behaviour.takes?.delete ?? 0;
    cloud.remove(behaviour, external.name, takes);
    return takes;
  }
}

/**
 * Has the cloud have what a managed resource says that it has made: one that has a name there, and has been created or has
 * reported something.
 */
export function adopt(object: JsonObject, { behaviour, cloud }: Omit<ExternalClientOptions, "faults">): void {
  const annotations = annotationsOf(object);
  const name = annotations[EXTERNAL_NAME] ?? "";
  const isMade =
    annotations["crossplane.io/external-create-succeeded"] || isObject(valueAt(object, ["status", "atProvider"]));
  if (name === "" || !isMade || cloud.find(behaviour, name)) return;
  const wanted = { object, parameters: parametersOf(object), name };
  const chosen = behaviour.lateInitialize?.({ ...wanted, id: "", holds: 0 }) ?? {};
  cloud.make({
    kind: behaviour,
    object,
    parameters: merged(chosen, wanted.parameters),
    name,
    ...(behaviour.partOf && { partOf: behaviour.partOf.bind(behaviour) }),
  });
}

const SLOW_MS = 600_000;
const CONFLICT = "OperationAborted: a conflicting operation is in progress against this resource; try again";

/** The object with what the cloud has chosen, where `spec.forProvider` leaves it open. */
export function withChoices(object: JsonObject, external: External, { lateInitialize }: Behaviour): JsonObject {
  const chosen = restricted(external.parameters, lateInitialize?.(external) ?? {});
  return withBelow(object, chosen);
}

/** The object with values in `spec.forProvider`, below those that are there. */
export function withBelow(object: JsonObject, values: JsonObject): JsonObject {
  const given = valueAt(object, ["spec", "forProvider"]);
  return withValue(object, ["spec", "forProvider"], merged(values, isObject(given) ? given : {}));
}

/** The name that a managed resource has in the cloud before it is made; empty where the cloud names it. */
export function firstName(object: JsonObject, behaviour: Behaviour): string {
  const given = textAt(object, ["metadata", "annotations", EXTERNAL_NAME]);
  if (given !== "" || behaviour.isNamedByCloud) return given;
  const wanted = { object, parameters: initialParametersOf(object), name: nameOf(object) };
  return behaviour.externalName?.(wanted) ?? wanted.name;
}
