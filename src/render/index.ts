export type { Event } from "./event.js";
export { inProcess } from "./in-process.js";
export { PipelineFatal } from "./pipeline-fatal.js";
export { documents, type PrintOptions, print } from "./print.js";
export { type Composition, readComposition } from "./read-composition.js";
export { type Rendered, type RenderInput, render } from "./render.js";
export type { FunctionCall } from "./run-step.js";
