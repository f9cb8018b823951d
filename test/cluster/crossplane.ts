import { fieldOwner } from "../../src/resource/field-owner.js";
import { type FieldsV1, type ManagedFieldsEntry, type Resource } from "../../src/resource/resource.js";
import { ApiError } from "./api-error.js";
import { type Client, type Stored } from "./client.js";
import { type Story, type Write } from "./story.js";

const xr = { name: "receipts", kind: "XBucket", group: "platform.trimtab.dev" };

/** The field manager by which Crossplane applies what the XR of these stories composes. */
export const owner = fieldOwner(xr);

/** Applies an intent as Crossplane does, with the metadata that it adds. */
export function applyComposed(client: Client, intent: Resource, name: string): Promise<Stored> {
  return client.apply(composed(intent, name), { manager: owner });
}

/** What Crossplane applied, and others wrote into since, as it is then observed. */
export async function happen(client: Client, { intent, writes }: Story, name: string): Promise<Stored> {
  const object = await applyComposed(client, intent, name);
  for (const write of writes) await perform(client, write, object);
  return client.read(object);
}

/** Whether an entry of managedFields is that of Crossplane. */
export function isOwn({ manager, operation }: ManagedFieldsEntry): boolean {
  return manager === owner && operation === "Apply";
}

/** The fields of these entries of an object's managedFields. */
export function fieldsOf(
  { metadata: { managedFields = [] } }: Stored,
  which: (entry: ManagedFieldsEntry) => boolean,
): readonly FieldsV1[] {
  return managedFields.filter(which).flatMap(({ fieldsV1 }) => fieldsV1 ?? []);
}

function composed(intent: Resource, name: string): Resource {
  const controller = { apiVersion: `${xr.group}/v1alpha1`, kind: xr.kind, name: xr.name, controller: true };
  const metadata = {
    ...intent.metadata,
    name,
    generateName: `${xr.name}-`,
    annotations: { ...intent.metadata?.annotations, "crossplane.io/composition-resource-name": "thing" },
    labels: { ...intent.metadata?.labels, "crossplane.io/composite": xr.name },
    ownerReferences: [{ ...controller, uid: "0599f109-1b7f-4c39-b1d9-f8de0a6306c9", blockOwnerDeletion: true }],
  };
  return { ...intent, metadata };
}

async function perform(client: Client, { manager, how, patch, subresource }: Write, object: Stored): Promise<void> {
  const { apiVersion, kind } = object;
  if (how === "merge") {
    await client.merge(object, patch, { manager, ...(subresource && { subresource }) });
    return;
  }
  const metadata = { ...(patch["metadata"] as object), name: object.metadata.name };
  await client.apply({ ...patch, apiVersion, kind, metadata }, { manager }).catch(ignoreInvalid);
}

/** Who applies less than last time takes away what it had taken over. If the object needs that, nothing happens. */
function ignoreInvalid(error: unknown): void {
  if (!(error instanceof ApiError) || error.reason !== "Invalid") throw error;
}
