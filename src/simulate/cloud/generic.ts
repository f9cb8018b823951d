import { gvkOf, parseGVK } from "../../render/unstructured.js";
import { type JsonObject } from "../../wire/index.js";
import { type External, type StandIn } from "./stand-in.js";

/** How kinds behave: as stand-ins say, and for the rest as most do. */
export class Behaviours {
  readonly #standIns = new Map<string, StandIn>();

  /** Of two for one kind, the later one counts in what it says, and the earlier one in the rest. */
  constructor(standIns: readonly StandIn[]) {
    for (const standIn of standIns) {
      const key = keyOf(standIn);
      this.#standIns.set(key, { ...this.#standIns.get(key), ...standIn });
    }
  }

  /** Whether a stand-in was given for an object's kind. */
  knows(object: JsonObject): boolean {
    const { group, kind } = gvkOf(object);
    return this.#standIns.has(`${kind}.${group}`);
  }

  of(object: JsonObject): Behaviour {
    const { group, version, kind } = gvkOf(object);
    const apiVersion = group === "" ? version : `${group}/${version}`;
    const standIn: StandIn = this.#standIns.get(`${kind}.${group}`) ?? { apiVersion, kind };
    return { observe: ({ parameters, name }: External) => ({ ...parameters, id: name }), ...standIn };
  }
}

/** A stand-in that can say what is observed. */
export type Behaviour = StandIn & Required<Pick<StandIn, "observe">>;

/** How long creating takes by default, in milliseconds. */
export const CREATE_MS = 2_000;

function keyOf({ apiVersion, kind }: StandIn): string {
  return `${kind}.${parseGVK(apiVersion, kind).group}`;
}
