import { escapeRegExp } from "../../src/resource/escape-reg-exp.js";
import { type Happening } from "../../src/simulate/index.js";

/** What a scenario calls something that happened: `made bucket`, `ready XBucket/receipts`. */
export function lineOf({ what, object }: Happening): string {
  return `${what} ${object.resource ?? `${object.kind}/${object.name}`}`;
}

/** What happens in an order: lines, and lists of lines that happen at one time, in whatever order. */
export type Order = readonly (string | readonly string[])[];

/** Of the lines of `order` those that happened, each where it happened first, in the shape of `order`: equal to it if all did so. */
export function asOrdered(order: Order, lines: readonly string[]): Order {
  const wanted = order.flat();
  const first = lines.filter((line, index) => wanted.includes(line) && lines.indexOf(line) === index);
  let at = 0;
  return order.map((step) => {
    if (typeof step === "string") return first[at++] ?? "nothing";
    const these = first.slice(at, at + step.length);
    at += step.length;
    return [...these].sort((a, b) => step.indexOf(a) - step.indexOf(b));
  });
}

/** The lines that fit a pattern of `never`, in which `*` stands for any text. */
export function linesLike(pattern: string, lines: readonly string[]): readonly string[] {
  const expression = new RegExp(`^${pattern.split("*").map(escapeRegExp).join(".*")}$`);
  return lines.filter((line) => expression.test(line));
}
