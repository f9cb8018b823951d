import { gvkOf, nameOf, namespaceOf, textAt } from "../../render/unstructured.js";
import { type JsonObject } from "../../wire/index.js";

/** How many events an XR may be told of at once, and how many more each second (crossplane, cmd/crossplane/core/core.go). */
const BURST = 100;
const REFILL_PER_SECOND = 1;
/** How long it is told less, and how often then. */
const COOLDOWN_MS = 5 * 60_000;
const PROBE_MS = 30_000;
const REMEMBERED_SOURCES = 16;

/**
 * Keeps XRs from being reconciled without end where two controllers fight over what one composes: each has a bucket of
 * tokens, which watched changes take from, and once it is empty most changes are passed over for a while (crossplane,
 * internal/circuit). What comes by TTL is not held back.
 */
export class Circuits {
  readonly #now: () => number;
  readonly #circuits = new Map<string, Circuit>();

  /** @param now the time, in milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * Whether an XR is told of a changed object. An update counts twice, as controller-runtime asks for the object as it was,
   * and as it is; deletions always pass.
   */
  passes(key: string, object: JsonObject): boolean {
    if (textAt(object, ["metadata", "deletionTimestamp"]) !== "") return true;
    const circuit = this.#circuits.get(key) ?? fresh(this.#now());
    this.#circuits.set(key, circuit);
    const isOpen = circuit.openedAt !== undefined;
    const isProbe = isOpen && this.#now() > circuit.allowedAt + PROBE_MS;
    this.#take(circuit, object, isProbe);
    return !isOpen || isProbe;
  }

  /** What has opened the circuit of an XR; undefined while it is closed. */
  openedBy(key: string): string | undefined {
    const circuit = this.#circuits.get(key);
    return circuit?.openedAt === undefined ? undefined : circuit.culprit;
  }

  /** One of the same name begins anew. */
  forget(key: string): void {
    this.#circuits.delete(key);
  }

  #take(circuit: Circuit, source: JsonObject, isProbe: boolean): void {
    const now = this.#now();
    circuit.tokens = Math.min(BURST, circuit.tokens + (REFILL_PER_SECOND * (now - circuit.refilledAt)) / 1000);
    circuit.refilledAt = now;
    circuit.sources[circuit.next] = source;
    circuit.next = (circuit.next + 1) % REMEMBERED_SOURCES;
    if (circuit.openedAt !== undefined) {
      if (isProbe) circuit.allowedAt = now;
      if (now - circuit.openedAt < COOLDOWN_MS) return;
      circuit.openedAt = undefined;
      circuit.sources = [];
      circuit.next = 0;
    }
    if (circuit.tokens >= 1) {
      circuit.tokens--;
      return;
    }
    circuit.openedAt = now;
    circuit.allowedAt = now;
    circuit.culprit = mostFrequent(circuit.sources.map(sourceOf));
  }
}

interface Circuit {
  tokens: number;
  refilledAt: number;
  /** Undefined while it is closed. */
  openedAt: number | undefined;
  allowedAt: number;
  /** The objects that have changed last, each in the place of the one that had changed longest ago. */
  sources: JsonObject[];
  /** The place of the next. */
  next: number;
  culprit: string;
}

function fresh(now: number): Circuit {
  return { tokens: BURST, refilledAt: now, openedAt: undefined, allowedAt: now, sources: [], next: 0, culprit: "" };
}

function sourceOf(object: JsonObject): string {
  const namespace = namespaceOf(object);
  return `${gvkOf(object).kind}/${nameOf(object)}${namespace === "" ? "" : ` (${namespace})`}`;
}

/** Of several the one in the last place. */
function mostFrequent(sources: readonly string[]): string {
  const counts = new Map<string, number>();
  let [most, culprit] = [0, ""];
  for (const source of sources) {
    const count = (counts.get(source) ?? 0) + 1;
    counts.set(source, count);
    if (count >= most) [most, culprit] = [count, source];
  }
  return culprit;
}
