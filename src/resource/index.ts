export { type Base64, decodeBase64, encodeBase64 } from "./base64.js";
export { type AnyKind, type Desired, type Draft, type Kind, type KindOptions, kind, type Scope } from "./kind.js";
export {
  type Maker,
  type Managed,
  type ManagedDefaults,
  type ManagedOptions,
  type ManagementPolicy,
  managed,
  type ProviderConfigRef,
} from "./managed.js";
export { isReady } from "./readiness.js";
export type { Ref, SecretKey, Selector } from "./ref.js";
export type { Condition, Metadata, ObservedMetadata, OwnerReference, Resource } from "./resource.js";
