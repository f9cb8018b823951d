/** What a `google.protobuf.Value` carries: plain JSON. */
export type JsonValue = string | number | boolean | null | JsonList | JsonObject;

/** What a `google.protobuf.Struct` carries: a plain JSON object, for instance a Kubernetes object. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

export type JsonList = readonly JsonValue[];
