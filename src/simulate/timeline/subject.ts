import {
  annotationsOf,
  COMPOSITION_RESOURCE_NAME,
  nameOf,
  namespaceOf,
  objectsAt,
  textAt,
} from "../../render/unstructured.js";
import { type JsonObject } from "../../wire/index.js";
import { type Subject } from "./happening.js";

/** What an object is called in a timeline. */
export function subjectOf(object: JsonObject): Subject {
  const annotations = annotationsOf(object);
  const resource = annotations[COMPOSITION_RESOURCE_NAME];
  const externalName = annotations["crossplane.io/external-name"];
  const composite = resource === undefined ? undefined : compositeOf(object);
  return {
    apiVersion: textAt(object, ["apiVersion"]),
    kind: textAt(object, ["kind"]),
    namespace: namespaceOf(object),
    name: nameOf(object),
    ...(resource !== undefined && { resource }),
    ...(externalName && { externalName }),
    ...(composite !== undefined && { composite }),
  };
}

function compositeOf(object: JsonObject): string | undefined {
  const owner = objectsAt(object, ["metadata", "ownerReferences"]).find(({ controller }) => controller === true);
  return owner && `${textAt(owner, ["kind"])}/${textAt(owner, ["name"])}`;
}
