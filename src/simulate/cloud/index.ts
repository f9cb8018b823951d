export { awsStandIns } from "./aws/index.js";
export { Cloud } from "./cloud.js";
export { type ManagedController, managedController } from "./controller.js";
export { Faults } from "./struck.js";
