import { writeMessage } from "./encode-message.js";
import { type Init } from "./init.js";
import { resource } from "./run-function.js";
import { type State } from "./state.js";
import { Trail } from "./trail.js";
import { Writer } from "./writer.js";

/** Names the few largest resources of a state with their sizes, for who has to make it smaller; "" if it has none. */
export function largestResources(state: Init<State> | undefined): string {
  const sizes = Object.entries(state?.resources ?? {}).map(([name, value]) => ({ name, size: sizeOf(value) }));
  if (sizes.length === 0) return "";
  sizes.sort((a, b) => b.size - a.size);
  const named = sizes.slice(0, 3).map(({ name, size }) => `${JSON.stringify(name)} (${size} bytes)`);
  return `: of its ${sizes.length} desired resources the largest are ${named.join(", ")}`;
}

function sizeOf(value: unknown): number {
  if (value === undefined) return 0;
  const writer = new Writer(new Trail("measure Resource"));
  writeMessage(writer, resource, value);
  return writer.size;
}
