import { type Json } from "./json.js";
import { compareKeys } from "./key-order.js";
import { numberText } from "./number-text.js";
import { Output } from "./output.js";
import { throughJSON, throughJSONKey } from "./through-json.js";
import { isSimpleKey, writeText } from "./write-text.js";
import { cannotPrint } from "./yaml-error.js";

/**
 * Prints a value as Kubernetes' serializer prints an object as YAML, byte for byte: as JSON, which go-yaml v2 reads and
 * prints again. Keys go in go-yaml's order, strings get the quotes that YAML 1.1 asks for, and long ones are folded.
 *
 * @throws Error that names the value, where Go fails too: at control characters such as U+007F, and at keys that are more
 * than 1,024 characters long in JSON. Besides at what no JSON holds, and at more than {@link MAX_DEPTH} levels.
 */
export function writeYAML(value: Json): string {
  const printer: Printer = { out: new Output(), path: [] };
  writeNode(printer, value, { indent: -1, mapping: false });
  printer.out.indentTo(0);
  return printer.out.text;
}

/** How deep lists and maps may be nested. Go's limit is 10,000, which is more than the stack holds. */
const MAX_DEPTH = 1_000;

interface Printer {
  readonly out: Output;
  /** Keys and indices that lead to the value which is being printed. */
  readonly path: (string | number)[];
}

/** Where a node stands: the indentation of the block around it, which is -1 at the root, and whether that is a map. */
interface Context {
  readonly indent: number;
  readonly mapping: boolean;
}

function writeNode(printer: Printer, value: Json, context: Context): void {
  const { out } = printer;
  if (typeof value === "string") {
    writeText(
      out,
      attempt(printer, () => throughJSON(value)),
      { indent: nested(context), folds: true },
    );
  } else if (typeof value === "object" && value !== null) {
    writeCollection(printer, value, context);
  } else {
    out.space();
    out.write(attempt(printer, () => scalarText(value)));
  }
}

function nested({ indent }: Context): number {
  return indent < 0 ? 2 : indent + 2;
}

function scalarText(value: null | boolean | number | bigint): string {
  if (typeof value === "number" || typeof value === "bigint") return numberText(value);
  if (value === null || typeof value === "boolean") return String(value);
  throw new Error(`a value of type ${typeof value} is not JSON`);
}

function writeCollection(printer: Printer, value: object, context: Context): void {
  if (printer.path.length > MAX_DEPTH)
    throw problem(printer, `lists and maps are nested deeper than ${MAX_DEPTH} levels`);
  const list = Array.isArray(value);
  if (Object.keys(value).length === 0) writeEmpty(printer.out, list ? "[]" : "{}");
  else if (list) writeList(printer, value, context);
  else writeMap(printer, value as Readonly<Record<string, Json>>, context);
}

/** A list that is the value of a key is not indented, unless it begins in the line of a ":" that has its own. */
function writeList(printer: Printer, list: readonly Json[], context: Context): void {
  const { out, path } = printer;
  const aligned = context.indent >= 0 && context.mapping && !out.indention;
  const indent = aligned ? context.indent : context.indent < 0 ? 0 : context.indent + 2;
  for (const [index, item] of list.entries()) {
    path.push(index);
    out.indentTo(indent);
    out.blockIndicator("-");
    writeNode(printer, item, { indent, mapping: false });
    path.pop();
  }
}

function writeMap(printer: Printer, map: Readonly<Record<string, Json>>, context: Context): void {
  const { out, path } = printer;
  const indent = context.indent < 0 ? 0 : context.indent + 2;
  for (const key of Object.keys(map).sort(compareKeys)) {
    path.push(key);
    out.indentTo(indent);
    writeKey(printer, key, indent);
    writeNode(printer, map[key] as Json, { indent, mapping: true });
    path.pop();
  }
}

/** A key that is long, or has several lines, gets a "?", and its value a line of its own. */
function writeKey(printer: Printer, key: string, indent: number): void {
  const { out } = printer;
  const text = attempt(printer, () => throughJSONKey(key));
  if (isSimpleKey(text)) {
    writeText(out, text, { indent: indent + 2, folds: false });
    out.write(":");
    return;
  }
  out.blockIndicator("?");
  writeText(out, text, { indent: indent + 2, folds: true });
  out.indentTo(indent);
  out.blockIndicator(":");
}

function writeEmpty(out: Output, brackets: string): void {
  out.space();
  out.write(brackets);
}

function attempt<T>(printer: Printer, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw problem(printer, error instanceof Error ? error.message : String(error));
  }
}

function problem({ path }: Printer, message: string): Error {
  const text = path.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("");
  return cannotPrint(text.replace(/^\./, ""), message);
}
