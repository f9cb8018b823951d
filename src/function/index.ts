export { type AnyXR, anyXR, definitionFor, isAnyXR, isUnknown } from "./any-xr.js";
export { type Composes, declaredKind, type Formerly, formerly, type Many, many } from "./composes.js";
export {
  type AnyFn,
  type ClaimRef,
  type Composite,
  type Composition,
  type Context,
  type Details,
  defineFunction,
  type Fn,
  type Result,
  type Selection,
  type StatusCondition,
} from "./define-function.js";
export { fatal } from "./fatal.js";
export { goneOnce } from "./gone-once.js";
export { omit } from "./omit.js";
export { type Decision, isFatal, type Outcome } from "./outcome.js";
export type { ObservedState, Request, Requirement } from "./request.js";
export { secretsOf } from "./secrets.js";
export { decide, settle } from "./settle.js";
export type {
  Arrow,
  Branch,
  Composed,
  ComposedMany,
  Glance,
  Observed,
  ObservedResource,
  Reported,
  Sight,
  Tree,
} from "./tree.js";
export { type Known, together } from "./waiting.js";
