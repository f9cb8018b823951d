import { isDeepStrictEqual } from "node:util";
import { gvkOf, isObject, nameOf, namespaceOf, uidOf, valueAt } from "../../render/unstructured.js";
import { type JsonObject } from "../../wire/index.js";
import { type Client } from "../api/client.js";
import { type Again, NEVER } from "../controller.js";
import { type Behaviour, CREATE_MS } from "./generic.js";
import { madeUp } from "./made-up.js";
import { PROVIDER } from "./managed-object.js";
import { type Faults } from "./struck.js";

export interface UnmanagedOptions {
  readonly client: Client;
  readonly faults: Faults;
  /** The time, in milliseconds. */
  now(): number;
}

/** Gives a status to what is no managed resource, as soon as the time is over that its kind takes. */
export class Unmanaged {
  readonly #options: UnmanagedOptions;
  readonly #seen = new Map<string, number>();

  constructor(options: UnmanagedOptions) {
    this.#options = options;
  }

  async reconcile(object: JsonObject, behaviour: Behaviour): Promise<Again> {
    const { client, faults, now } = this.#options;
    if (valueAt(object, ["metadata", "deletionTimestamp"]) !== undefined) return NEVER;
    const due = this.#firstSeen(object) + this.#takes(object, behaviour);
    if (now() < due) return { again: "after", ms: due - now() };
    if (faults.strike(object, "never-ready")) return NEVER;
    const { status = {}, spec } = object;
    const { group, kind } = gvkOf(object);
    const name = nameOf(object);
    const id = madeUp([kind, group, namespaceOf(object), name], 20);
    const parameters = isObject(spec) ? spec : {};
    const observed = behaviour.observe({ object, parameters, name, id, holds: 0 });
    const isBlank = faults.strike(object, "blank-status") !== undefined;
    const next = isBlank ? {} : { ...(isObject(status) ? status : {}), ...observed };
    if (isDeepStrictEqual(next, status)) return NEVER;
    await client.update({ ...object, status: next }, { manager: PROVIDER, subresource: "status" });
    return NEVER;
  }

  #firstSeen(object: JsonObject): number {
    const key = uidOf(object) || JSON.stringify([gvkOf(object), namespaceOf(object), nameOf(object)]);
    const seen = this.#seen.get(key) ?? this.#options.now();
    this.#seen.set(key, seen);
    return seen;
  }

  #takes(object: JsonObject, { takes }: Behaviour): number {
    const slow = this.#options.faults.strike(object, "slow");
    return slow ? (slow.takes ?? SLOW_MS) : (takes?.create ?? CREATE_MS);
  }
}

const SLOW_MS = 600_000;
