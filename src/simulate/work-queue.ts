import { type Clock } from "./clock.js";
import { type Again, type Controller } from "./controller.js";

/** How long the watch takes that tells a controller of a change. */
const WATCH_MS = 10;

/** Back-off of failures, as crossplane-runtime has it by default (NewController of ratelimiter/default.go). */
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 60_000;
/** How long a simulation waits for what fails. */
const PATIENCE_MS = 300_000;

/**
 * The queue of a controller, as controller-runtime's work queue: a key stands in it once, is reconciled by one at a time, and
 * comes back if something changed meanwhile.
 */
export class WorkQueue {
  readonly #controller: Controller;
  readonly #clock: Pick<Clock, "now" | "after">;
  readonly #items = new Map<string, Item>();

  constructor(controller: Controller, clock: Pick<Clock, "now" | "after">) {
    this.#controller = controller;
    this.#clock = clock;
  }

  /** Has a key reconciled as soon as its controller hears of it. */
  add(key: string): void {
    const item = this.#itemOf(key);
    if (item.isRunning) item.isDirty = true;
    else this.#schedule(key, item, WATCH_MS, true);
  }

  /** Has a simulation go on until each key has been looked at for which that is due some time. */
  awaitPolls(): void {
    for (const key of this.#items.keys()) this.awaitPoll(key);
  }

  /** The same for one key. */
  awaitPoll(key: string): void {
    const item = this.#items.get(key);
    if (item?.isRunning) item.isAwaited = true;
    if (item?.cancel) this.#schedule(key, item, Math.max(0, item.due - this.#clock.now()), true);
  }

  #itemOf(key: string): Item {
    const known = this.#items.get(key);
    if (known) return known;
    const item: Item = {
      isRunning: false,
      isDirty: false,
      isAwaited: false,
      failures: 0,
      failingSince: 0,
      due: 0,
      isWork: false,
      cancel: undefined,
    };
    this.#items.set(key, item);
    return item;
  }

  /** Of two times for a key the earlier one counts, as in a queue that delays. */
  #schedule(key: string, item: Item, ms: number, isWork: boolean): void {
    const due = this.#clock.now() + ms;
    const isEarlier = !item.cancel || due < item.due;
    if (!isEarlier && (item.isWork || !isWork)) return;
    item.cancel?.();
    item.due = isEarlier ? due : item.due;
    item.isWork = isWork;
    item.cancel = this.#clock.after(item.due - this.#clock.now(), () => this.#run(key, item), isWork);
  }

  async #run(key: string, item: Item): Promise<void> {
    item.cancel = undefined;
    item.isRunning = true;
    item.isDirty = false;
    item.isAwaited = false;
    const again = await this.#controller.reconcile(key);
    item.isRunning = false;
    item.failures = again.again === "soon" ? item.failures + 1 : 0;
    if (item.failures <= 1) item.failingSince = this.#clock.now();
    if (item.isDirty) this.#schedule(key, item, WATCH_MS, true);
    this.#repeat(key, item, again);
  }

  #repeat(key: string, item: Item, again: Again): void {
    if (again.again === "after") this.#schedule(key, item, again.ms, true);
    if (again.again === "poll") this.#schedule(key, item, again.ms, item.isAwaited);
    if (again.again === "soon") {
      const { firstRetry = FIRST_RETRY_MS, longestRetry = LONGEST_RETRY_MS } = this.#controller;
      const ms = Math.min(firstRetry * 2 ** (item.failures - 1), longestRetry);
      // What has failed for that long is not going to change by itself: nobody waits for it.
      this.#schedule(key, item, ms, this.#clock.now() + ms - item.failingSince <= PATIENCE_MS);
    }
    if (again.again === "never" && !item.isDirty) this.#items.delete(key);
  }
}

interface Item {
  isRunning: boolean;
  /** Whether something changed while it was being reconciled. */
  isDirty: boolean;
  /** Whether something changed meanwhile of which nobody will tell it. */
  isAwaited: boolean;
  failures: number;
  /** Since when it fails. */
  failingSince: number;
  due: number;
  isWork: boolean;
  cancel: (() => void) | undefined;
}
