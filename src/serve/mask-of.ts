import { type Resource } from "../resource/index.js";
import { type Mask, masker } from "../resource/secrets.js";
import {
  type JsonObject,
  type JsonValue,
  type ResourceState,
  type RunFunctionRequest,
  type State,
} from "../wire/index.js";

/**
 * A mask of all that is secret in a request: connection details, credentials, the data of Secrets wherever they stand, and
 * what the context has under a key that names a secret. Gathered once something is masked.
 */
export function maskOf(request: RunFunctionRequest): Mask {
  let mask: Mask | undefined;
  return (text) => {
    mask ??= masker(sourcesOf(request));
    return mask(text);
  };
}

function sourcesOf({ observed, desired, credentials, context, ...rest }: RunFunctionRequest) {
  const states = [observed, desired].flatMap(statesOf);
  const found = [rest.requiredResources, rest.extraResources].flatMap(
    Object.values<{ items: readonly ResourceState[] }>,
  );
  const all = [...states, ...found.flatMap(({ items }) => items)];
  const inContext = secretsIn(context);
  return {
    details: [
      ...all.map(({ connectionDetails }) => textsOf(connectionDetails)),
      ...Object.values(credentials).map(({ credentialData }) => textsOf(credentialData?.data ?? {})),
      inContext.texts,
    ],
    objects: [...objectsOf(all), ...inContext.objects],
    clear: objectsOf(statesOf(observed)),
  };
}

function statesOf(state: State | undefined): readonly ResourceState[] {
  return [state?.composite ?? [], ...Object.values(state?.resources ?? {})].flat();
}

function objectsOf(states: readonly ResourceState[]): readonly Resource[] {
  return states.flatMap(({ resource }) => (resource === undefined ? [] : (resource as unknown as Resource)));
}

function textsOf(map: Readonly<Record<string, Uint8Array>>): Readonly<Record<string, string>> {
  const entries = Object.entries(map).map(([key, bytes]) => [key, Buffer.from(bytes).toString("utf8")] as const);
  return Object.fromEntries(entries);
}

/** Its Secrets, and the texts below keys that name a secret. */
function secretsIn(context: JsonObject | undefined) {
  const texts: Record<string, string> = {};
  const objects: Resource[] = [];
  const look = (value: JsonValue | undefined, isSecret: boolean): void => {
    if (typeof value === "string" && isSecret) texts[Object.keys(texts).length] = value;
    if (typeof value !== "object" || value === null) return;
    if ("kind" in value && value["kind"] === "Secret") objects.push(value as unknown as Resource);
    for (const [key, inner] of Object.entries(value)) look(inner, isSecret || NAMES_A_SECRET.test(key));
  };
  look(context, false);
  return { texts, objects };
}

const NAMES_A_SECRET = /pass(word|wd|phrase)|secret|token|credential|private|api-?_?key|access-?_?key/i;
