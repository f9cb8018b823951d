export type { Change } from "./api/change.js";
export type { Propagation } from "./api/client.js";
export type { CloudView, External, Part, Reference, StandIn, Wanted, Where } from "./cloud/stand-in.js";
export type { CloudFault, Fault, FaultTarget, FunctionFault } from "./fault.js";
export type { Deletion, Platform, SimulateInput, SimulateOptions, Stage, Until } from "./input.js";
export { simulate } from "./simulate.js";
export type { CompositeEnd, Simulation, StageEnd } from "./simulation.js";
export type { Happening, Subject, What } from "./timeline/happening.js";
