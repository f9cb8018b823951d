import {
  bytes,
  embedded,
  enumeration,
  int32,
  int64,
  map,
  message,
  oneof,
  optional,
  repeated,
  string,
  struct,
} from "./message.js";
import {
  type CredentialData,
  type Credentials,
  type RequestMeta,
  type Resources,
  type RunFunctionRequest,
  type Schema,
} from "./request.js";
import { type MatchLabels, type Requirements, type ResourceSelector, type SchemaSelector } from "./requirements.js";
import { type Condition, type Duration, type ResponseMeta, type Result, type RunFunctionResponse } from "./response.js";
import { type ResourceState, type State } from "./state.js";

// The messages of run_function.proto, package apiextensions.fn.proto.v1. A message stands before those that embed it;
// the two that are sent come last.

export const resource = message<ResourceState>("Resource", {
  resource: struct(1),
  connectionDetails: map(bytes(2)),
  ready: enumeration(3),
});

const state = message<State>("State", {
  composite: embedded(1, resource),
  resources: map(embedded(2, resource)),
});

const resources = message<Resources>("Resources", { items: repeated(embedded(1, resource)) });

const credentialData = message<CredentialData>("CredentialData", { data: map(bytes(1)) });

const credentials = message<Credentials>("Credentials", { credentialData: embedded(1, credentialData) });

const schema = message<Schema>("Schema", { openapiV3: struct(1) });

const requestMeta = message<RequestMeta>("RequestMeta", {
  tag: string(1),
  capabilities: repeated(enumeration(2)),
});

const matchLabels = message<MatchLabels>("MatchLabels", { labels: map(string(1)) });

const resourceSelector = message<ResourceSelector>("ResourceSelector", {
  apiVersion: string(1),
  kind: string(2),
  matchName: oneof("match", string(3)),
  matchLabels: oneof("match", embedded(4, matchLabels)),
  namespace: optional(string(5)),
});

const schemaSelector = message<SchemaSelector>("SchemaSelector", { apiVersion: string(1), kind: string(2) });

const requirements = message<Requirements>("Requirements", {
  extraResources: map(embedded(1, resourceSelector)),
  resources: map(embedded(2, resourceSelector)),
  schemas: map(embedded(3, schemaSelector)),
});

const duration = message<Duration>("Duration", { seconds: int64(1), nanos: int32(2) });

const responseMeta = message<ResponseMeta>("ResponseMeta", { tag: string(1), ttl: embedded(2, duration) });

const result = message<Result>("Result", {
  severity: enumeration(1),
  message: string(2),
  reason: optional(string(3)),
  target: optional(enumeration(4)),
});

const condition = message<Condition>("Condition", {
  type: string(1),
  status: enumeration(2),
  reason: string(3),
  message: optional(string(4)),
  target: optional(enumeration(5)),
});

export const runFunctionRequest = message<RunFunctionRequest>("RunFunctionRequest", {
  meta: embedded(1, requestMeta),
  observed: embedded(2, state),
  desired: embedded(3, state),
  input: struct(4),
  context: struct(5),
  extraResources: map(embedded(6, resources)),
  credentials: map(embedded(7, credentials)),
  requiredResources: map(embedded(8, resources)),
  requiredSchemas: map(embedded(9, schema)),
});

export const runFunctionResponse = message<RunFunctionResponse>("RunFunctionResponse", {
  meta: embedded(1, responseMeta),
  desired: embedded(2, state),
  results: repeated(embedded(3, result)),
  context: struct(4),
  requirements: embedded(5, requirements),
  conditions: repeated(embedded(6, condition)),
  output: struct(7),
});
