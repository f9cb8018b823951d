import { type Fault } from "../../simulate/fault.js";
import { type Json } from "../../yaml/index.js";
import { duration } from "../duration.js";
import { type Manifest, place, readAll, readFirst } from "../render/manifest-file.js";

/**
 * The faults of a file: a list in YAML, of which each item is as {@link Fault} has it, with durations such as `10m`.
 *
 * @throws Error with file, line, field, value and remedy
 */
export function readFaults(cwd: string, file: string): readonly Fault[] {
  const [manifest = readFirst(cwd, file), second] = readAll(cwd, file);
  if (second && second.document.value !== null) {
    throw refusal(second, [], "this is a second document; write all faults as one list");
  }
  const list = manifest.document.value;
  if (!Array.isArray(list)) throw refusal(manifest, [], `there is no list of faults; begin each with "- fault:"`);
  return list.map((item: Json, index) => faultOf(item, new Reader(manifest, index)));
}

/** The fields that each fault of the cloud takes beside those of all. */
const OF_CLOUD: ReadonlyMap<string, readonly string[]> = new Map([
  ["slow", ["takes"]],
  ["never-ready", []],
  ["flapping", ["every"]],
  ["throttled", ["times"]],
  ["name-taken", []],
  ["delete-fails", ["message"]],
  ["blank-status", []],
  ["empty-secret", []],
  ["not-empty", ["holds"]],
]);

const OF_FUNCTION: ReadonlyMap<string, readonly string[]> = new Map([
  ["times-out", []],
  ["late", ["takes"]],
]);

function faultOf(item: Json, reader: Reader): Fault {
  const fields = withOn(reader.record(item, []));
  const names = [...OF_CLOUD.keys(), ...OF_FUNCTION.keys()].join(", ");
  if (fields["fault"] === undefined) throw reader.refuse(["fault"], `is missing; it must be one of ${names}`);
  const name = reader.text(fields, "fault");
  const own = OF_CLOUD.get(name) ?? OF_FUNCTION.get(name);
  const [where, known] = OF_FUNCTION.has(name) ? ["function", OF_FUNCTION] : ["on", OF_CLOUD];
  if (own === undefined) throw reader.refuse(["fault"], `is ${JSON.stringify(name)}; it must be one of ${names}`);
  reader.only(fields, [], ["fault", where, "from", "for", ...own]);
  const common = { ...reader.duration(fields, "from"), ...reader.duration(fields, "for"), fault: name };
  const values = own.map((field) => reader.value(fields, field));
  const target = known === OF_CLOUD ? { on: targetOf(fields, reader) } : { function: reader.text(fields, "function") };
  // Each name was looked up with the fields that it takes.
  return Object.assign({ ...common, ...target }, ...values) as Fault;
}

/** YAML 1.1 takes a key that reads on for the truth. */
function withOn({ true: on, ...fields }: Fields): Fields {
  return on === undefined ? fields : { ...fields, on };
}

function targetOf(fields: Fields, reader: Reader): Fields {
  const target = reader.record(fields["on"] ?? null, ["on"]);
  reader.only(target, ["on"], ["kind", "resource", "name"]);
  const texts = Object.keys(target).map((field) => [field, reader.text(target, field, ["on"])]);
  if (texts.length === 0) throw reader.refuse(["on"], "is empty; say kind, resource or name of what it strikes");
  return Object.fromEntries(texts);
}

type Fields = Readonly<Record<string, Json>>;

/** Reads one fault, and says where it stands. */
class Reader {
  readonly #manifest: Manifest;
  readonly #index: number;

  constructor(manifest: Manifest, index: number) {
    this.#manifest = manifest;
    this.#index = index;
  }

  refuse(path: readonly string[], problem: string): Error {
    return refusal(this.#manifest, [this.#index, ...path], problem);
  }

  record(value: Json, path: readonly string[]): Fields {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Fields;
    const example = path.length === 0 ? "fault: slow" : "kind: Bucket";
    throw this.refuse(path, `is ${shown(value)}; it must be an object, such as { ${example} }`);
  }

  text(fields: Fields, field: string, path: readonly string[] = []): string {
    const value = fields[field] ?? null;
    if (typeof value === "string" && value !== "") return value;
    throw this.refuse([...path, field], `is ${shown(value)}; it must be a text`);
  }

  only(fields: Fields, path: readonly string[], known: readonly string[]): void {
    const unknown = Object.keys(fields).find((field) => !known.includes(field));
    if (unknown === undefined) return;
    throw this.refuse([...path, unknown], `is not known here; there are ${known.join(", ")}`);
  }

  duration(fields: Fields, field: string): Readonly<Record<string, number>> {
    const value = fields[field];
    if (value === undefined) return {};
    const wrong = this.refuse([field], `is ${shown(value)}; it must be a duration such as 30s or 1m30s`);
    if (typeof value !== "string") throw wrong;
    const ms = durationOr(value, wrong);
    if (ms < 0) throw wrong;
    if (ms === 0 && field !== "from") throw this.refuse([field], `is ${shown(value)}; it must be more than 0s`);
    // An hour of turns that are shorter than anything in a cluster takes would be simulated for hours.
    if (ms < 1000 && field === "every") throw this.refuse([field], `is ${shown(value)}; it must be at least 1s`);
    return { [field]: ms };
  }

  /** A field that only some faults have. */
  value(fields: Fields, field: string): Readonly<Record<string, number | string>> {
    const value = fields[field];
    if (value === undefined) return {};
    if (field === "message") return { message: this.text(fields, field) };
    if (field !== "times" && field !== "holds") return this.duration(fields, field);
    if (typeof value === "number" && Number.isInteger(value) && value > 0) return { [field]: value };
    throw this.refuse([field], `is ${shown(value)}; it must be a whole number above 0`);
  }
}

function durationOr(text: string, error: Error): number {
  try {
    return duration(text, "");
  } catch {
    // What it would say of a flag is said of the field.
    throw error;
  }
}

function refusal(manifest: Manifest, path: readonly (string | number)[], problem: string): Error {
  const [index, ...fields] = path;
  const field = index === undefined ? "" : ` [${index}]${fields.map((name) => `.${name}`).join("")}`;
  const read = path.map((name) => (name === "on" ? "true" : name));
  return new Error(`cannot read faults: ${place(manifest, read)}:${field} ${problem}`);
}

function shown(value: Json): string {
  if (value === null) return "missing";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : JSON.stringify(typeof value === "bigint" ? String(value) : value);
}
