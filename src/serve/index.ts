export type { Runner } from "./answer.js";
export type { Credentials } from "./credentials.js";
export { type RunnerOptions, runner } from "./runner.js";
export { fromSDK, type SDKHandler, type SDKMessage, toSDK } from "./sdk.js";
export { type ServeOptions, type Serving, serve } from "./serve.js";
