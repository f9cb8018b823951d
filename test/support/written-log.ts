import { EventEmitter, once } from "node:events";
import { type Logger, logger } from "../../src/runtime/log.js";

export interface WrittenLine {
  readonly level: string;
  readonly msg: string;
  readonly [field: string]: unknown;
}

export interface WrittenLog {
  readonly logger: Logger;
  readonly lines: readonly WrittenLine[];
  /** Waits for a line with such a message, and returns it. */
  line(msg: RegExp): Promise<WrittenLine>;
}

/** A log that keeps what is written, down to the level debug. */
export function writtenLog(): WrittenLog {
  const lines: WrittenLine[] = [];
  const changes = new EventEmitter();
  const write = (text: string) => {
    lines.push(JSON.parse(text) as WrittenLine);
    changes.emit("written");
  };
  return {
    logger: logger({ level: "debug", to: { write } }),
    lines,
    async line(msg) {
      for (;;) {
        const found = lines.find((line) => msg.test(line.msg));
        if (found !== undefined) return found;
        await once(changes, "written");
      }
    },
  };
}
