import { expect } from "vitest";
import * as matchers from "./matchers/matchers.js";

// Imported for its effect by tests and setup files of Vitest, which is there then; nothing else imports it.
expect.extend(matchers as unknown as Parameters<typeof expect.extend>[0]);

declare module "vitest" {
  // biome-ignore lint/suspicious/noExplicitAny: declarations of one interface must agree in their type parameters.
  interface Matchers<T = any> extends matchers.Matchers<T extends unknown ? void : never> {}
}

export { describeFunction } from "./describe-function.js";
