import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/**
 * A process that calls servers. `call` makes one call and gives the bytes of the response. `run` keeps calls in flight, for
 * some milliseconds or some calls, and says how many were answered a second, the CPU that the server took for each
 * and how long they took (p50, p99), in microseconds and milliseconds, and how busy this process was itself, of 1.
 */
export function load() {
  const child = fork(fileURLToPath(new URL("load-generator.mjs", import.meta.url)), { serialization: "advanced" });
  const order = async (what) => {
    child.send(what);
    const [answer] = await once(child, "message");
    if (answer.error !== undefined) throw new Error(`cannot call ${what.name}: ${answer.error}`);
    return answer;
  };
  return {
    call: async ({ name, port }, file) => (await order({ kind: "call", name, port, file })).response,
    run: ({ name, port, pid }, options) => order({ kind: "run", name, port, pid, ...options }),
    close: () => child.disconnect(),
  };
}
