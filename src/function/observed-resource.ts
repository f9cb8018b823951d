import { type Base64, encodeBase64 } from "../resource/base64.js";
import { isReady } from "../resource/readiness.js";
import { type Resource } from "../resource/resource.js";
import { outlineOf, statusOf } from "./outline.js";
import { type ObservedState, type Request } from "./request.js";
import { type ObservedResource } from "./tree.js";

/** What an arrow sees of one resource, looked at only when read; nothing of it, where it is not there. */
export function observedResource(
  state: ObservedState | undefined,
  isOfUse: (state: ObservedState) => boolean,
): ObservedResource {
  return state === undefined ? NOTHING : new Seen(state, isOfUse);
}

class Seen implements ObservedResource {
  readonly #state: ObservedState;
  readonly #isOfUse: (state: ObservedState) => boolean;
  #connection: ObservedResource["connection"] | undefined;

  constructor(state: ObservedState, isOfUse: (state: ObservedState) => boolean) {
    this.#state = state;
    this.#isOfUse = isOfUse;
  }

  get object(): Resource {
    return this.#state.resource;
  }

  get status(): Resource["status"] {
    return statusOf(this.#state);
  }

  get connection(): ObservedResource["connection"] {
    const { connection = {}, binary = {} } = this.#state;
    this.#connection ??= refusing(connection, binary);
    return this.#connection;
  }

  get connectionData(): ObservedResource["connectionData"] {
    const { connection = {}, binary = {} } = this.#state;
    const text = Object.entries(connection).map(([key, value]) => [key, encodeBase64(value)] as const);
    return { ...Object.fromEntries(text), ...binary };
  }

  get ready(): boolean {
    return this.#isOfUse(this.#state);
  }
}

const NOTHING: ObservedResource = Object.freeze({
  object: undefined,
  status: undefined,
  connection: Object.freeze({}),
  connectionData: Object.freeze({}),
  ready: false,
});

/** What is observed under any composition resource name. Whoever composes it may say whether it is of use. */
export function everyResource({ observed, desired = {} }: Request): (name: string) => ObservedResource {
  return (name) => {
    const state = Object.hasOwn(observed, name) ? observed[name] : undefined;
    return observedResource(state, (seen) => desired.ready?.[name] ?? isReady(outlineOf(seen)));
  };
}

/** Text alone can be read as text; reading what is none is an error rather than a corrupted value. */
function refusing(
  connection: Readonly<Record<string, string>>,
  binary: Readonly<Record<string, Base64>>,
): Readonly<Record<string, string>> {
  const keys = Object.keys(binary);
  if (keys.length === 0) return connection;
  const refused = keys.map((key) => {
    const get = () => {
      throw new Error(`cannot read the connection detail ${key} as text: it is binary; take it from connectionData`);
    };
    return [key, { get }] as const;
  });
  return Object.defineProperties({ ...connection }, Object.fromEntries(refused));
}
