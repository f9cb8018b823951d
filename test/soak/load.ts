import { onTestFinished } from "vitest";
import { type Certificates } from "../../src/runtime/certificates.js";
import { decodeResponse, Severity } from "../../src/wire/index.js";
import { AS_CROSSPLANE, functionClient } from "../support/function-client.js";
import { type StartedFunction } from "../support/function-process.js";

export interface Load {
  answers(): number;
  /** What went wrong, whatever it was. */
  readonly errors: readonly string[];
  /** Waits until all calls are over. */
  stop(): Promise<void>;
}

/** Calls servers as Crossplane does: over one connection to each, so many calls at a time, one after the other. */
export function load(
  servers: readonly StartedFunction[],
  {
    as,
    atATime,
    requests,
  }: { readonly as: Certificates; readonly atATime: number; readonly requests: readonly Uint8Array[] },
): Load {
  const channel = {
    ...AS_CROSSPLANE,
    "grpc.ssl_target_name_override": "localhost",
    "grpc.max_reconnect_backoff_ms": 1000,
  };
  const target = `ipv4:${servers.map(({ address }) => address).join(",")}`;
  const client = functionClient(target, { as, isTrusting: true, channel });
  onTestFinished(() => client.close());
  let [answers, isOver] = [0, false];
  const errors: string[] = [];
  const workers = Array.from({ length: atATime }, async (_, worker) => {
    for (let index = worker; !isOver; index += 1) {
      const bytes = requests[index % requests.length] as Uint8Array;
      try {
        const { results } = decodeResponse(await client.callRaw(bytes, { deadlineMs: 60_000 }));
        const fatal = results.find(({ severity }) => severity === Severity.Fatal);
        if (fatal !== undefined) errors.push(fatal.message);
        answers += 1;
      } catch (error) {
        errors.push(String(error));
        // Not as fast as it fails.
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
    }
  });
  return {
    answers: () => answers,
    errors,
    async stop() {
      isOver = true;
      await Promise.all(workers);
    },
  };
}
