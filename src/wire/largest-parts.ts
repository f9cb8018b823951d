import { writeMessage } from "./encode-message.js";
import { type Init } from "./init.js";
import { type Message } from "./message.js";
import { type RunFunctionResponse } from "./response.js";
import { resource, runFunctionResponse } from "./run-function.js";
import { Trail } from "./trail.js";
import { Writer } from "./writer.js";

/**
 * Names the few largest desired resources of a response with their sizes, for who has to make it smaller, and whatever else
 * of it is larger than they are; "" if there is nothing in it.
 */
export function largestParts(response: Init<RunFunctionResponse>): string {
  const resources = bySize(response.desired?.resources, (value) => sizeOf(resource, value));
  const [{ size: largest } = { size: 0 }] = resources;
  const others = otherParts(response).filter(({ size }) => size > largest);
  const said = [
    ...(resources.length > 0 ? [`of its ${resources.length} desired resources the largest are ${few(resources)}`] : []),
    ...others.map(({ name, size }) => `its ${name} has ${size} bytes`),
  ];
  return said.length > 0 ? `: ${said.join("; ")}` : "";
}

interface Part {
  readonly name: string;
  readonly size: number;
}

function otherParts({ meta: _, desired, ...fields }: Init<RunFunctionResponse>): readonly Part[] {
  const composite = bySize({ "desired composite resource": desired?.composite }, (value) => sizeOf(resource, value));
  return [...composite, ...bySize(fields, (value, name) => sizeOf(runFunctionResponse, { [name]: value }))];
}

function bySize(values: object | undefined, size: (value: unknown, name: string) => number): readonly Part[] {
  const given = Object.entries(values ?? {}).filter(([, value]) => value !== undefined);
  return given.map(([name, value]) => ({ name, size: size(value, name) })).sort((a, b) => b.size - a.size);
}

function few(parts: readonly Part[]): string {
  return parts
    .slice(0, 3)
    .map(({ name, size }) => `${JSON.stringify(name)} (${size} bytes)`)
    .join(", ");
}

function sizeOf(message: Message, value: unknown): number {
  const writer = new Writer(new Trail(`measure ${message.name}`));
  writeMessage(writer, message, value);
  return writer.size;
}
