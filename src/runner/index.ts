export { answer, type Runner } from "./answer.js";
export { type RunnerOptions, runner } from "./runner.js";
export { fromSDK, type SDKHandler, type SDKMessage, toSDK } from "./sdk.js";
