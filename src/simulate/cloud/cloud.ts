import { byteOrder } from "../../render/byte-order.js";
import { nameOf, namespaceOf, parseGVK } from "../../render/unstructured.js";
import { type JsonObject } from "../../wire/index.js";
import { madeUp } from "./made-up.js";
import { type CloudView, type External, type Part, type Wanted, type Where } from "./stand-in.js";

/** Something that happened in the cloud. */
export interface CloudChange {
  readonly what: "made" | "updated" | "removed" | "kept";
  readonly external: External;
  /** The managed resource that did it, or that was the last to do something where it went with what it is a part of. */
  readonly object: JsonObject;
}

export interface CloudOptions {
  /** The time, in milliseconds. */
  now(): number;
}

/** What is to be made. */
export interface Making {
  readonly kind: CloudKind;
  /** The managed resource that makes it. */
  readonly object: JsonObject;
  readonly parameters: JsonObject;
  /** Its name, or what gives it one of the id that the cloud has made up. */
  readonly name: string | ((id: string) => string);
  /** What it goes with. Default: nothing. */
  readonly partOf?: (wanted: Wanted) => Part | undefined;
  /** Milliseconds until it is there. Default: none. */
  readonly takes?: number;
}

/** What is being done, and until when. */
export interface CloudWork {
  readonly what: "make" | "update" | "remove";
  readonly until: number;
}

/** A kind; its version does not matter here. */
export type CloudKind = { readonly apiVersion: string; readonly kind: string };

/**
 * What exists outside the cluster, by kind and name. It knows nothing of Kubernetes: what was made stays until it is removed,
 * whatever becomes of the object that made it. What takes its time is done once the clock has got there.
 */
export class Cloud implements CloudView {
  readonly #options: CloudOptions;
  /** By kind and name. */
  readonly #entries = new Map<string, Map<string, Entry>>();
  /** By what they are a part of. */
  readonly #parts = new Map<string, Set<Entry>>();
  /** By kind, and by what is asked of it. */
  readonly #indexes = new Map<string, Map<Where["by"], Index>>();
  readonly #busy = new Set<Entry>();
  /** When the first of what is being done is done. */
  #due = Number.POSITIVE_INFINITY;
  readonly #listeners = new Set<(change: CloudChange) => void>();
  readonly #made = new Map<string, number>();

  constructor(options: CloudOptions) {
    this.#options = options;
  }

  /** Tells of what happens from now on. Returns what ends it. */
  onChange(listener: (change: CloudChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  find(kind: CloudKind, name: string): External | undefined {
    this.#finish();
    const entry = this.#entry(kind, name);
    return entry && isThere(entry) ? entry.external : undefined;
  }

  list(kind: CloudKind, where?: Where): readonly External[] {
    this.#finish();
    const all = this.#entries.get(idOf(kind))?.values() ?? [];
    const found = where ? this.#indexOf(kind, where.by).get(where.is) : all;
    return [...(found ?? [])].map(({ external }) => external);
  }

  /** What there is of a kind by what a function says of it; made when it is first asked for, and kept up from then on. */
  #indexOf(kind: CloudKind, by: Where["by"]): Index {
    const indexes = this.#indexes.get(idOf(kind)) ?? new Map<Where["by"], Index>();
    this.#indexes.set(idOf(kind), indexes);
    const known = indexes.get(by);
    if (known) return known;
    const index: Index = new Map();
    indexes.set(by, index);
    for (const entry of this.#entries.get(idOf(kind))?.values() ?? []) note(index, by, entry);
    return index;
  }

  #eachIndex({ kind }: Entry, act: (index: Index, by: Where["by"]) => void): void {
    for (const [by, index] of this.#indexes.get(idOf(kind)) ?? []) act(index, by);
  }

  /** All that there is, by kind and name. */
  all(): readonly External[] {
    this.#finish();
    return [...this.#entries]
      .sort(([a], [b]) => byteOrder(a, b))
      .flatMap(([, entries]) => sorted(entries))
      .filter(isThere)
      .map(({ external }) => external);
  }

  /** What is being done to something just now, also to what is not there yet. */
  workOn(kind: CloudKind, name: string): CloudWork | undefined {
    this.#finish();
    return this.#entry(kind, name)?.work;
  }

  /** Makes something. The same of the same object has another id each time. */
  make({ kind, object, parameters, name: given, partOf, takes = 0 }: Making): External {
    const seed = [idOf(kind), typeof given === "string" ? given : `${namespaceOf(object)}/${nameOf(object)}`];
    const times = (this.#made.get(seed.join()) ?? 0) + 1;
    this.#made.set(seed.join(), times);
    const id = madeUp([...seed, String(times)], 20);
    const name = typeof given === "string" ? given : given(id);
    const external = { object, parameters, name, id, holds: 0 };
    const part = partOf?.(external);
    const entry: Entry = { kind, external, ...(part && { partOf: keyOf(part, part.name) }) };
    this.#put(entry);
    this.#begin(entry, { what: "make", until: this.#options.now() + takes });
    return external;
  }

  /** Gives something other parameters. What is not there stays so. */
  update(kind: CloudKind, { name, object, parameters }: Wanted, takes = 0): void {
    const entry = this.#entry(kind, name);
    if (!entry) return;
    this.#begin(entry, { what: "update", until: this.#options.now() + takes, next: { object, parameters } });
  }

  /** Removes something, and all that is a part of it. What is not there stays so. */
  remove(kind: CloudKind, name: string, takes = 0): void {
    const entry = this.#entry(kind, name);
    if (entry) this.#begin(entry, { what: "remove", until: this.#options.now() + takes });
  }

  /** Says that something stays although its object goes. */
  keep(kind: CloudKind, name: string, object: JsonObject): void {
    const entry = this.#entry(kind, name);
    if (entry) this.#tell("kept", entry.external, object);
  }

  /** How many things are in something from now on. */
  fill(kind: CloudKind, name: string, holds: number): void {
    const entry = this.#entry(kind, name);
    if (entry) entry.external = { ...entry.external, holds };
  }

  #entry(kind: CloudKind, name: string): Entry | undefined {
    return this.#entries.get(idOf(kind))?.get(name);
  }

  #put(entry: Entry): void {
    const { kind, external, partOf } = entry;
    const before = this.#entry(kind, external.name);
    if (before) this.#take(before);
    const entries = this.#entries.get(idOf(kind)) ?? new Map<string, Entry>();
    this.#entries.set(idOf(kind), entries.set(external.name, entry));
    if (partOf !== undefined) this.#parts.set(partOf, (this.#parts.get(partOf) ?? new Set()).add(entry));
    this.#eachIndex(entry, (index, by) => note(index, by, entry));
  }

  #take(entry: Entry): void {
    this.#entries.get(idOf(entry.kind))?.delete(entry.external.name);
    if (entry.partOf !== undefined) this.#parts.get(entry.partOf)?.delete(entry);
    this.#eachIndex(entry, (index, by) => index.get(by(entry.external))?.delete(entry));
  }

  #begin(entry: Entry, work: Doing): void {
    entry.work = work;
    this.#busy.add(entry);
    this.#due = Math.min(this.#due, work.until);
    this.#finish();
  }

  /** Does what the clock has got to. */
  #finish(): void {
    const now = this.#options.now();
    if (now < this.#due) return;
    const due = [...this.#busy].filter(({ work }) => !work || work.until <= now);
    for (const entry of due.sort((a, b) => (a.work?.until ?? 0) - (b.work?.until ?? 0))) {
      const { work } = entry;
      this.#busy.delete(entry);
      delete entry.work;
      if (work && this.#entry(entry.kind, entry.external.name) === entry) this.#do(entry, work);
    }
    this.#due = Number.POSITIVE_INFINITY;
    for (const { work } of this.#busy) this.#due = Math.min(this.#due, work?.until ?? now);
  }

  #do(entry: Entry, { what, next }: Doing): void {
    if (what === "remove") {
      this.#drop(entry);
      return;
    }
    if (next) {
      this.#eachIndex(entry, (index, by) => index.get(by(entry.external))?.delete(entry));
      entry.external = { ...entry.external, ...next };
      this.#eachIndex(entry, (index, by) => note(index, by, entry));
    }
    this.#tell(what === "make" ? "made" : "updated", entry.external, entry.external.object);
  }

  #drop(entry: Entry): void {
    this.#take(entry);
    this.#tell("removed", entry.external, entry.external.object);
    const parts = this.#parts.get(keyOf(entry.kind, entry.external.name)) ?? [];
    for (const part of [...parts]) this.#drop(part);
  }

  #tell(what: CloudChange["what"], external: External, object: JsonObject): void {
    for (const listener of this.#listeners) listener({ what, external, object });
  }
}

interface Entry {
  readonly kind: CloudKind;
  readonly partOf?: string;
  external: External;
  work?: Doing;
}

interface Doing extends CloudWork {
  readonly next?: Pick<External, "object" | "parameters">;
}

type Index = Map<string, Set<Entry>>;

function note(index: Index, by: Where["by"], entry: Entry): void {
  const value = by(entry.external);
  index.set(value, (index.get(value) ?? new Set()).add(entry));
}

const isThere = ({ work }: Entry) => work?.what !== "make";

function sorted(entries: ReadonlyMap<string, Entry>): readonly Entry[] {
  return [...entries.values()].sort((a, b) => byteOrder(a.external.name, b.external.name));
}

function idOf({ apiVersion, kind }: CloudKind): string {
  return `${kind}.${parseGVK(apiVersion, kind).group}`;
}

function keyOf(kind: CloudKind, name: string): string {
  return JSON.stringify([idOf(kind), name]);
}
