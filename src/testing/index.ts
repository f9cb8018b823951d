export { type Outcome, type Request, settle } from "../function/index.js";
export { observe } from "./observe.js";
export { type Given, reconcile } from "./reconcile.js";
export { type Other, type Rendered, type Run, run, type Seen, type Situation } from "./run.js";
