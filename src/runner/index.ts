export { answer, type Runner, receive } from "./answer.js";
export { type RunnerOptions, runner } from "./runner.js";
export { fromSDK, type SDKHandler, type SDKMessage, toSDK } from "./sdk.js";
