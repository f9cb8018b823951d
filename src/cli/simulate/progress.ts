import { type Happening } from "../../simulate/timeline/happening.js";
import { identityOf } from "../../simulate/timeline/identity.js";
import { type IO } from "../io.js";
import { printable } from "../render/printable.js";
import { elapsed } from "./elapsed.js";

export interface ProgressOptions {
  readonly io: IO;
  readonly isQuiet: boolean;
  /** Whether each stage has a line where stderr is no terminal. */
  readonly isTold: boolean;
}

/** Says on stderr how far a simulation is: in a line that changes on a terminal, and in one for each stage elsewhere. */
export class Progress {
  readonly #titles: readonly string[];
  readonly #options: ProgressOptions;
  readonly #alive = new Set<string>();
  readonly #ready = new Set<string>();
  #stage = -1;
  #shown = false;

  constructor(titles: readonly string[], options: ProgressOptions) {
    this.#titles = titles;
    this.#options = options;
  }

  hear(happening: Happening): void {
    const { io, isQuiet, isTold } = this.#options;
    if (isQuiet) return;
    this.#count(happening);
    const isNew = happening.stage !== this.#stage;
    this.#stage = happening.stage;
    const title = `${happening.stage + 1}/${this.#titles.length} ${printable(this.#titles[happening.stage] ?? "")}`;
    if (io.stderr.isTTY)
      this.#show(`${title}  +${elapsed(happening.at)}  ${this.#ready.size} of ${this.#alive.size} ready`);
    else if (isNew && isTold) io.stderr.write(`${title}\n`);
  }

  /** Takes the line away. */
  end(): void {
    if (this.#shown) this.#options.io.stderr.write("\r\u001b[2K");
    this.#shown = false;
  }

  #show(line: string): void {
    this.#options.io.stderr.write(`\r\u001b[2K${line}`);
    this.#shown = true;
  }

  #count({ what, object }: Happening): void {
    const id = identityOf(object);
    if (what === "created" || what === "applied") this.#alive.add(id);
    if (what === "ready") this.#ready.add(id);
    if (what === "unready") this.#ready.delete(id);
    if (what !== "deleted") return;
    this.#alive.delete(id);
    this.#ready.delete(id);
  }
}
