// What the specs of several functions share.

export const ready = {
  conditions: [
    { type: "Ready", status: "True" },
    { type: "Synced", status: "True" },
  ],
};

/** Whose an object is, in its metadata. */
export function controlledBy(kind: string, name: string, uid = "22222222-2222-2222-2222-222222222222") {
  return { ownerReferences: [{ apiVersion: "platform.trimtab.dev/v1alpha1", kind, name, uid, controller: true }] };
}
