import { type JsonObject } from "../../../src/wire/index.js";
import { type Script } from "./script.js";

/** The script in the input of a step. Throws where it says what no script says. */
export function readScript(input: JsonObject | undefined): Script {
  if (input === undefined) throw new Error("cannot run a script: the step has no input");
  const { apiVersion: _, kind: __, ...script } = input;
  for (const [field, value] of Object.entries(script)) {
    const type = FIELDS[field as keyof Script];
    if (type === undefined) throw new Error(`cannot run a script: it has no field ${field}`);
    if (typeOf(value) !== type) throw new Error(`cannot run a script: ${field} is a ${typeOf(value)}, not a ${type}`);
  }
  return script as Script;
}

/** The number of a value of an enum, which is given by its name or is a number already. */
export function numberOf(values: Readonly<Record<string, number>>, value: string | number = 0): number {
  if (typeof value === "number") return value;
  const number = values[value];
  if (number === undefined) throw new Error(`cannot run a script: ${value} is none of ${Object.keys(values)}`);
  return number;
}

const FIELDS: Readonly<Record<keyof Script, string>> = {
  resources: "object",
  removes: "list",
  composite: "object",
  results: "list",
  conditions: "list",
  requires: "object",
  grows: "number",
  flips: "boolean",
  context: "object",
  counts: "string",
  upstream: "string",
  upstreamContext: "string",
  echo: "string",
  ttl: "number",
  silent: "boolean",
  note: "object",
  throws: "string",
};

function typeOf(value: unknown): string {
  return Array.isArray(value) ? "list" : typeof value;
}
