import { type TestProject } from "vitest/node";
import { startApiServer } from "./api-server.js";
import { type ApiAddress } from "./transport.js";

declare module "vitest" {
  export interface ProvidedContext {
    /** The API server that all suites of this project share: `new Client(inject("apiServer"))`. */
    readonly apiServer: ApiAddress;
  }
}

/** Starts the API server before the first suite and stops it after the last. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const { url, ca, token, stop } = await startApiServer();
  provide("apiServer", { url, ca, token });
  return stop;
}
