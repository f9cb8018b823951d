export { type AwsOptions, awsStandIns } from "./aws/index.js";
export { Cloud, type CloudChange } from "./cloud.js";
export { isManaged, type ManagedController, type ManagedControllerOptions, managedController } from "./controller.js";
export { SIMULATED_SECRET } from "./made-up.js";
export type { CloudView, External, Part, Reference, StandIn, Wanted } from "./stand-in.js";
export { Faults, type TimedFault } from "./struck.js";
