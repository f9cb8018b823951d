import { isDeepStrictEqual } from "node:util";
import { connectionSecretOf } from "../../render/composite-fields.js";
import { controllerOf, withController } from "../../render/owners.js";
import { isObject, namespaceOf, textAt, uidOf } from "../../render/unstructured.js";
import { encodeBase64 } from "../../resource/base64.js";
import { type JsonObject } from "../../wire/index.js";
import { type Client } from "../api/client.js";
import { PROVIDER } from "./managed-object.js";

export interface Publishing {
  readonly client: Client;
  /** Whether the Secret is to have nothing in it. Default: false. */
  readonly isEmptied?: boolean;
}

/**
 * Writes connection details to the Secret that a managed resource asks for, beside what is in it, as APILocalSecretPublisher
 * of crossplane-runtime v2 does. Nothing where it asks for none, or all of it is there.
 *
 * @throws Error where the Secret is somebody else's
 */
export async function publishConnection(
  owner: JsonObject,
  details: Readonly<Record<string, string>>,
  { client, isEmptied = false }: Publishing,
): Promise<void> {
  const ref = connectionSecretOf(owner);
  if (!ref) return;
  const namespace = namespaceOf(owner) || ref.namespace;
  const encoded = Object.fromEntries(Object.entries(details).map(([key, value]) => [key, encodeBase64(value)]));
  const current = await client.get(SECRET, namespace, ref.name);
  if (!current) {
    const metadata = { namespace, name: ref.name };
    const secret = { apiVersion: "v1", kind: "Secret", metadata, type: CONNECTION, data: isEmptied ? {} : encoded };
    await client.create(withController(secret, owner), { manager: PROVIDER });
    return;
  }
  const problem = problemOf(current, owner);
  if (problem) throw new Error(`cannot create or update connection secret: ${problem}`);
  const { data } = current;
  const held = isObject(data) ? data : {};
  const next = isEmptied ? {} : { ...held, ...encoded };
  if (isDeepStrictEqual(held, next)) return;
  await client.update(withController({ ...current, type: CONNECTION, data: next }, owner), { manager: PROVIDER });
}

const SECRET = { group: "", version: "v1", kind: "Secret" };
const CONNECTION = "connection.crossplane.io/v1alpha1";

function problemOf(secret: JsonObject, owner: JsonObject): string | undefined {
  const controller = controllerOf(secret);
  const type = textAt(secret, ["type"]);
  if (controller === undefined) {
    return type === CONNECTION ? undefined : `refusing to modify uncontrolled secret of type "${type}"`;
  }
  return controller === uidOf(owner) ? undefined : `existing secret is not controlled by UID "${uidOf(owner)}"`;
}
