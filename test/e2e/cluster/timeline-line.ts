import { WORDS } from "../../../src/cli/simulate/words.js";
import { type Happening } from "../../../src/simulate/index.js";
import { titleOf } from "../../../src/simulate/timeline/identity.js";

/** A line that says what has happened, and when: `12:04:31 ☁ in cloud  Bucket payments/receipts-8c1f2`. */
export function timelineLine(happening: Happening, time: Date): string {
  const { object, fields } = happening;
  const { sign, word } = WORDS[saidOf(happening)];
  const message = happening.message ?? fields?.join(", ");
  const title = `${titleOf(object)}${message ? `: ${message.replaceAll("\n", " ")}` : ""}`;
  return `${time.toTimeString().slice(0, 8)} ${sign} ${word.padEnd(9)} ${title}\n`;
}

/** What an XR composes fails as a matter of course, until what it needs is there. */
function saidOf({ what, object }: Happening) {
  return what === "failed" && object.resource !== undefined ? "not yet" : what;
}
