import { annotationsOf, COMPOSITION_RESOURCE_NAME, gvkOf, nameOf } from "../../render/unstructured.js";
import { type JsonObject } from "../../wire/index.js";
import { type CloudFault, type Fault, type FaultTarget } from "../fault.js";
import { isMeant } from "../fault-target.js";
import { identityOf } from "../object-key.js";

/** A fault of the cloud, and when it strikes. */
export type TimedFault = Fault & CloudFault;

/** Which faults strike now. Those of functions are none of its affair. */
export class Faults {
  readonly #now: () => number;
  readonly #listeners = new Set<(fault: TimedFault, object: JsonObject) => void>();
  readonly #struck = new Map<TimedFault, Map<string, number>>();
  readonly #ever = new Set<string>();
  #faults: readonly TimedFault[] = [];
  #since = 0;

  /** @param now the time, in milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Puts faults in the place of those that there are. Their times count from `since`. */
  setFaults(faults: readonly Fault[], since: number): void {
    this.#faults = faults.filter((fault): fault is TimedFault => "on" in fault);
    this.#since = since;
    this.#struck.clear();
  }

  /** Tells of each object that a fault strikes for the first time. Returns what ends it. */
  onFault(listener: (fault: TimedFault, object: JsonObject) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The fault of a kind that is on an object now, which takes effect by being asked for. */
  strike(object: JsonObject, kind: CloudFault["fault"]): TimedFault | undefined {
    const fault = this.#on(object).find((each) => each.fault === kind && this.#isNow(each));
    if (fault && kind !== "throttled") this.#note(fault, object);
    return fault;
  }

  /** Whether faults of a kind have been on an object, in this stage or before, and no longer are. */
  isOver(object: JsonObject, kind: CloudFault["fault"]): boolean {
    return this.#ever.has(`${kind} ${identityOf(object)}`) && !this.strike(object, kind);
  }

  /** Whether an attempt to create an object is one too many. */
  throttles(object: JsonObject): boolean {
    const fault = this.strike(object, "throttled");
    return fault !== undefined && this.#note(fault, object) <= (fault.times ?? 3);
  }

  /** Whether an object is out of order just now, by turns of which the first one is. */
  isFlapped(object: JsonObject): boolean {
    const fault = this.strike(object, "flapping");
    return fault !== undefined && Math.floor((this.#now() - this.#start(fault)) / everyOf(fault)) % 2 === 0;
  }

  /**
   * When something changes next, after `now`: a fault begins, ends or takes turns. Undefined where nothing will.
   *
   * @param object for this object alone. Default: for any
   */
  nextChange(now: number, object?: JsonObject): number | undefined {
    const times = (object ? this.#on(object) : this.#faults).flatMap((fault) => this.#turns(fault, now));
    return times.length > 0 ? Math.min(...times) : undefined;
  }

  #on(object: JsonObject): readonly TimedFault[] {
    return this.#faults.filter(({ on }) => fits(on, object));
  }

  #turns(fault: TimedFault, now: number): readonly number[] {
    const [start, end] = [this.#start(fault), this.#end(fault)];
    const turn = start + (Math.floor((now - start) / everyOf(fault)) + 1) * everyOf(fault);
    const turns = fault.fault === "flapping" && now >= start && turn < end ? [turn] : [];
    return [start, end, ...turns].filter((time) => time > now && Number.isFinite(time));
  }

  #isNow(fault: TimedFault): boolean {
    const now = this.#now();
    return now >= this.#start(fault) && now < this.#end(fault);
  }

  #start({ from = 0 }: TimedFault): number {
    return this.#since + from;
  }

  #end(fault: TimedFault): number {
    return this.#start(fault) + (fault.for ?? Number.POSITIVE_INFINITY);
  }

  /** How often it has struck the object, with this time. */
  #note(fault: TimedFault, object: JsonObject): number {
    const struck = this.#struck.get(fault) ?? new Map<string, number>();
    this.#struck.set(fault, struck);
    const key = identityOf(object);
    this.#ever.add(`${fault.fault} ${key}`);
    const times = (struck.get(key) ?? 0) + 1;
    struck.set(key, times);
    if (times === 1) for (const listener of this.#listeners) listener(fault, object);
    return times;
  }
}

const MINUTE_MS = 60_000;

const everyOf = ({ every = MINUTE_MS }: TimedFault) => every;

function fits(target: FaultTarget, object: JsonObject): boolean {
  const resource = annotationsOf(object)[COMPOSITION_RESOURCE_NAME];
  return isMeant(target, { kind: gvkOf(object).kind, name: nameOf(object), resource });
}
