import { run } from "../../../src/cli/run.js";
import { fakeIO } from "../../support/fake-io.js";
import { type Rendered } from "./real.js";

/** Our own `trimtab render`, in this process, in a folder. */
export async function renderOurselves(args: readonly string[], cwd: string): Promise<Rendered> {
  const io = fakeIO({ cwd });
  const code = await run(["render", ...args], io);
  return { stdout: io.text("stdout"), stderr: io.text("stderr"), code };
}
