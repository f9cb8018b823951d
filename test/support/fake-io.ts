import { EventEmitter, once } from "node:events";
import { type IO } from "../../src/cli/io.js";

export interface FakeIO extends IO {
  readonly signals: EventEmitter;
  readonly rejections: EventEmitter;
  /** What was written so far. */
  text(of: "stdout" | "stderr"): string;
  /** Waits until something more is written. */
  written(): Promise<void>;
  /** Waits for a line on stderr that matches, and returns it. */
  line(pattern: RegExp): Promise<string>;
}

/** A world for a command to run in: what it writes is kept, and nothing of the process is touched. */
export function fakeIO(options: { readonly cwd?: string; readonly env?: IO["env"] } = {}): FakeIO {
  const written = { stdout: "", stderr: "" };
  const changes = new EventEmitter();
  const output = (of: "stdout" | "stderr") => ({
    write(text: string) {
      written[of] += text;
      changes.emit("written");
    },
  });
  return {
    stdout: output("stdout"),
    stderr: output("stderr"),
    env: options.env ?? {},
    cwd: options.cwd ?? "/",
    signals: new EventEmitter(),
    rejections: new EventEmitter(),
    text: (of) => written[of],
    async written() {
      await once(changes, "written");
    },
    async line(pattern) {
      for (;;) {
        const found = written.stderr.split("\n").find((line) => pattern.test(line));
        if (found !== undefined) return found;
        await once(changes, "written");
      }
    },
  };
}
