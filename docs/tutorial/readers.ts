import { defineFunction, many } from "trimtab";
import { iam, v1 } from "trimtab/models";
import { defineXRD, list, object, string } from "trimtab/schema";

export const XReaders = defineXRD({
  group: "platform.example.org",
  version: "v1alpha1",
  kind: "XReaders",
  spec: object({ names: list(string({ maxLength: 20 }), { maxItems: 10 }) }),
  status: object({}),
});

export const readers = defineFunction({
  name: "readers",
  composite: XReaders,
  composes: { readers: many({ role: iam.Role, settings: v1.ConfigMap }) },
  compose: ({ xr, composed }) => ({
    resources: {
      // The items, the key of each, and what is made for it, with references to its own.
      readers: composed.readers.each(
        xr.spec.names,
        (name) => name,
        (name, own) => ({
          role: iam.Role({ spec: { forProvider: { assumeRolePolicy: "{}" } } }),
          settings: v1.ConfigMap({ data: { name, role: own.role.name } }),
        }),
      ),
    },
  }),
});
