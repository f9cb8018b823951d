import { matcher } from "./matcher.js";
import { fits, shown, type WantedText } from "./wanted.js";

/** Whether something waits for what a text says; with a composition resource name, whether that does. */
export const toWaitFor = matcher(({ waiting }, isNot, what: WantedText, key?: string) => {
  const concerned = key === undefined ? waiting : waiting.filter((each) => each.key === key || each.key === undefined);
  const who = key ?? "something";
  return {
    holds: concerned.some((each) => fits(each.what, what)),
    says: () => {
      if (isNot) return `expected ${key ?? "nothing"} ${key ? "not " : ""}to wait for ${shown(what)}; ${all(waiting)}`;
      return `expected ${who} to wait for ${shown(what)}; ${all(waiting)}`;
    },
  };
});

function all(waiting: readonly { readonly key: string | undefined; readonly what: string }[]): string {
  if (waiting.length === 0) return "nothing waits";
  return `there waits\n${waiting.map(({ key, what }) => `  ${key || "everything"} for ${what}`).join("\n")}`;
}
