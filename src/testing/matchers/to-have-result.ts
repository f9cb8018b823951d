import { matcher } from "./matcher.js";
import { type Severity } from "./view.js";
import { fits, shown, type WantedText } from "./wanted.js";

/** Whether there is a result of a severity, with a text if one is given. */
export const toHaveResult = matcher(({ results }, isNot, severity: Severity, message?: WantedText) => {
  if (!results) {
    throw new Error("cannot tell the results: what simulate returns has them in its timeline, without their severity");
  }
  const found = results.some(
    (each) => each.severity === severity && (message === undefined || fits(each.message, message)),
  );
  return {
    holds: found,
    says: () => {
      const wanted = `${severity} result${message === undefined ? "" : ` that says ${shown(message)}`}`;
      const lines = results.map((each) => `  ${each.severity}: ${each.message}`);
      const there = lines.length > 0 ? `there is\n${lines.join("\n")}` : "there is none at all";
      return `expected ${isNot ? "no" : "a"} ${wanted}; ${there}`;
    },
  };
});
