import { type Base64, encodeBase64 } from "../resource/base64.js";
import { isReady } from "../resource/readiness.js";
import { type Resource } from "../resource/resource.js";
import { type ObservedState, type Request } from "./request.js";
import { type ObservedResource } from "./tree.js";

/** What an arrow sees of one resource; nothing of it, where it is not there. */
export function observedResource(
  state: ObservedState | undefined,
  isOfUse: (resource: Resource) => boolean,
): ObservedResource {
  const { resource, connection = {}, binary = {} } = state ?? {};
  return {
    object: resource,
    status: resource?.status,
    connection: refusing(connection, binary),
    get connectionData() {
      const text = Object.entries(connection).map(([key, value]) => [key, encodeBase64(value)] as const);
      return { ...Object.fromEntries(text), ...binary };
    },
    ready: resource !== undefined && isOfUse(resource),
  };
}

/** What is observed under any composition resource name. Whoever composes it may say whether it is of use. */
export function everyResource({ observed, desired = {} }: Request): (name: string) => ObservedResource {
  return (name) => {
    const state = Object.hasOwn(observed, name) ? observed[name] : undefined;
    return observedResource(state, (resource) => desired.ready?.[name] ?? isReady(resource));
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
