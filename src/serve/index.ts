export {
  fromSDK,
  type Runner,
  type RunnerOptions,
  runner,
  type SDKHandler,
  type SDKMessage,
  toSDK,
} from "../runner/index.js";
export type { Limits } from "./limits.js";
export type { Credentials } from "./listen.js";
export type { BegunCall, CallEvents, CallObserver, EndedCall } from "./observer.js";
export { type ServeOptions, type Serving, serve } from "./serve.js";
