import { METADATA } from "./metadata-shape.js";
import { atomicList, BOOLEAN, DEDUCED, listBy, mapOf, type Shape, STRING, struct } from "./shape.js";

const object = { apiVersion: STRING, kind: STRING, metadata: METADATA };

/** The kinds of Kubernetes' own that are known here, by `apiVersion kind`. */
export const KNOWN_SHAPES: Readonly<Record<string, Shape>> = {
  "v1 Secret": struct({
    ...object,
    data: mapOf(STRING),
    immutable: BOOLEAN,
    stringData: mapOf(STRING),
    type: STRING,
  }),
  "v1 ConfigMap": struct({ ...object, binaryData: mapOf(STRING), data: mapOf(STRING), immutable: BOOLEAN }),
  "v1 ServiceAccount": struct({
    ...object,
    automountServiceAccountToken: BOOLEAN,
    imagePullSecrets: atomicList(struct({ name: STRING }, true)),
    secrets: listBy(
      "name",
      struct(
        {
          apiVersion: STRING,
          fieldPath: STRING,
          kind: STRING,
          name: STRING,
          namespace: STRING,
          resourceVersion: STRING,
          uid: STRING,
        },
        true,
      ),
    ),
  }),
};

/** Of a kind of which nothing is known but that it has metadata: maps are merged, lists are not. */
export const UNKNOWN_SHAPE: Shape = {
  map: { isAtomic: false, fields: struct(object).map.fields, more: DEDUCED },
};
