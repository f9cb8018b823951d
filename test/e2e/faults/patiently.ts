import { ApiError } from "../../cluster/api-error.js";
import { eventually } from "../control-plane/condition.js";

/** Asks an API server again and again that may be gone for a while. @throws ApiError for what it refuses for good */
export async function patiently<T>(what: string, ask: () => Promise<T>): Promise<T> {
  let last: unknown;
  const { answer } = await eventually(
    `an API server that takes ${what}`,
    () =>
      ask().then(
        (answer) => ({ answer }),
        (error: unknown) => {
          if (error instanceof ApiError && FINAL.has(error.code)) throw error;
          last = error;
          return undefined;
        },
      ),
    { seconds: 120, instead: () => String(last) },
  );
  return answer;
}

/** What is wrong with what was asked. Not that there is no such kind: an API server that has just started may not know it yet. */
const FINAL: ReadonlySet<number> = new Set([400, 401, 403, 409, 413, 422]);
