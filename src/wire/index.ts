export type { CodecOptions } from "./codec.js";
export { Capability, Ready, Severity, Status, Target } from "./enums.js";
export type { Init } from "./init.js";
export type { JsonList, JsonObject, JsonValue } from "./json.js";
export { asReceived, close } from "./lazy-message.js";
export { LazyResource } from "./lazy-resource.js";
export type {
  CredentialData,
  Credentials,
  RequestMeta,
  Resources,
  RunFunctionRequest,
  Schema,
} from "./request.js";
export type { MatchLabels, Requirements, ResourceSelector, SchemaSelector } from "./requirements.js";
export type {
  Condition,
  Duration,
  ResponseMeta,
  Result,
  RunFunctionResponse,
} from "./response.js";
export { decodeRequest, decodeResponse, encodeRequest, encodeResponse, receiveRequest } from "./run-function-codec.js";
export type { Selection } from "./select-struct.js";
export type { ResourceState, State } from "./state.js";
export { WireError } from "./wire-error.js";
