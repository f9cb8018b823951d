import { Severity } from "../../wire/index.js";
import { type ContractCheck } from "./contract.js";
import { oddities } from "./oddities.js";
import { type Exchange, type Subject } from "./subject.js";

/** What is wrong with an XR is said in a fatal result. */
export function robust(subject: Subject): readonly ContractCheck[] {
  return oddities.map(({ what, change }) => ({
    name: `does not crash at an XR with ${what}`,
    source: "run_function.proto, Severity.FATAL: what is wrong with an XR is a result that its developer reads",
    check: () => subject.check(crashes, change),
  }));
}

/** What interpreters and compiled programs say of a bug, rather than of an XR. */
const CRASH =
  /TypeError|ReferenceError|is not a function|is not iterable|Cannot (read|convert|destructure|set|use)|undefined is not|Traceback|NoneType|KeyError|panic:|nil pointer|index out of range/;

function crashes({ response }: Exchange): readonly string[] {
  return response.results
    .filter(({ severity, message }) => severity === Severity.Fatal && CRASH.test(message))
    .map(({ message }) => `it crashes: ${message}; look at the XR before using it, and say what is wrong with it`);
}
