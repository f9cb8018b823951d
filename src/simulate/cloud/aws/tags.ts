import { gvkOf, isObject, nameOf, textAt } from "../../../render/unstructured.js";
import { type JsonObject } from "../../../wire/index.js";
import { type External, type StandIn, type Wanted } from "../stand-in.js";

/** What upjet writes into `forProvider.tags` of whatever has tags: which object it belongs to. */
export const tagged: Pick<StandIn, "initialize"> = {
  initialize: ({ object }: Wanted) => {
    const { group, kind } = gvkOf(object);
    return {
      tags: {
        "crossplane-kind": `${kind}.${group}`.toLowerCase(),
        "crossplane-name": nameOf(object),
        "crossplane-providerconfig": textAt(object, ["spec", "providerConfigRef", "name"]) || "default",
      },
    };
  },
};

/** The tags that AWS has, as providers report them. */
export function tagsOf({ parameters }: External): JsonObject {
  const { tags } = parameters;
  return isObject(tags) && Object.keys(tags).length > 0 ? { tags, tagsAll: tags } : {};
}
