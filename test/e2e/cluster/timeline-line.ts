import { WORDS } from "../../../src/cli/simulate/words.js";
import { type Happening } from "../../../src/simulate/index.js";
import { titleOf } from "../../../src/simulate/timeline/identity.js";

/** A line that says what has happened, and when: `12:04:31 ☁ in cloud  Bucket payments/receipts-bucket-8c1f2`. */
export function timelineLine({ what, object, message, fields }: Happening, time: Date): string {
  const { sign, word } = WORDS[what];
  const detail = message ?? fields?.join(", ");
  const title = `${titleOf(object)}${detail ? `: ${detail.replaceAll("\n", " ")}` : ""}`;
  return `${time.toTimeString().slice(0, 8)} ${sign} ${word.padEnd(9)} ${title}\n`;
}
