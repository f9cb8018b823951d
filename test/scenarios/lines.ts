import { escapeRegExp } from "../../src/resource/escape-reg-exp.js";
import { type Happening } from "../../src/simulate/index.js";

/** What a scenario calls something that happened: `made bucket`, `ready XBucket/receipts`. */
export function lineOf({ what, object }: Happening): string {
  return `${what} ${object.resource ?? `${object.kind}/${object.name}`}`;
}

/** Those of `order` that happened, each where it happened first. */
export function orderOf(order: readonly string[], lines: readonly string[]): readonly string[] {
  return lines.filter((line, index) => order.includes(line) && lines.indexOf(line) === index);
}

/** The lines that fit a pattern of `never`, in which `*` stands for any text. */
export function linesLike(pattern: string, lines: readonly string[]): readonly string[] {
  const expression = new RegExp(`^${pattern.split("*").map(escapeRegExp).join(".*")}$`);
  return lines.filter((line) => expression.test(line));
}
