import { atomicList, BOOLEAN, DEDUCED, listBy, mapOf, NUMBER, type Shape, STRING, setOf, struct } from "./shape.js";

const OWNER = struct(
  {
    apiVersion: STRING,
    blockOwnerDeletion: BOOLEAN,
    controller: BOOLEAN,
    kind: STRING,
    name: STRING,
    uid: STRING,
  },
  true,
);

/** Of meta/v1 ObjectMeta. */
export const METADATA: Shape = struct({
  annotations: mapOf(STRING),
  creationTimestamp: { scalar: "untyped" },
  deletionGracePeriodSeconds: NUMBER,
  deletionTimestamp: { scalar: "untyped" },
  finalizers: setOf(STRING),
  generateName: STRING,
  generation: NUMBER,
  labels: mapOf(STRING),
  managedFields: atomicList(DEDUCED),
  name: STRING,
  namespace: STRING,
  ownerReferences: listBy("uid", OWNER),
  resourceVersion: STRING,
  selfLink: STRING,
  uid: STRING,
});
