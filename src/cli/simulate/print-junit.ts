import { isDestructive } from "../../simulate/timeline/effects.js";
import { identityOf, titleOf } from "../../simulate/timeline/identity.js";
import { element, escaped } from "../xml.js";
import { elapsed } from "./elapsed.js";
import { labelOf } from "./fold.js";
import { type CompositeStory, type StageStory, type Story } from "./story.js";

/**
 * A story as JUnit XML: a test suite an XR, a test case a stage. A stage fails that did not reach what it waited for, an
 * upgrade that deletes, recreates or abandons a part of the XR, and the last stage where the XR is not as it should be.
 */
export function printJUnit(story: Story): string {
  const suites = story.composites.map((composite) => {
    const cases = story.stages.map((stage, index) => caseOf(stage, composite, index === story.stages.length - 1));
    return { name: titleOf(composite.object), cases };
  });
  const all = suites.flatMap(({ cases }) => cases);
  const body = suites.map(({ name, cases }) =>
    element("testsuite", { name, ...countsOf(cases) }, cases.map((each) => xmlOf(each, name)).join("")),
  );
  const whole = element("testsuites", { name: "trimtab simulate", ...countsOf(all) }, body.join(""));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${whole}`;
}

interface Case {
  readonly name: string;
  /** In simulated milliseconds. */
  readonly took: number;
  readonly failures: readonly string[];
  /** What the XR waits for, where that is no failure. */
  readonly told: string;
}

function caseOf(stage: StageStory, composite: CompositeStory, isLast: boolean): Case {
  const { title, began, ended, isReached, upgrade = [], composites } = stage;
  const end = composites.find(({ object }) => identityOf(object) === identityOf(composite.object));
  const why = end?.why === undefined ? "" : `: ${end.why}`;
  const { kind, name } = composite.object;
  const destroyed = upgrade.filter((effect) => isDestructive(effect) && effect.object.composite === `${kind}/${name}`);
  const isWrong = isLast && composite.state !== composite.wanted;
  const failures = [
    ...(isReached ? [] : [`not reached within ${elapsed(ended - began)}${why}`]),
    ...destroyed.map(({ does, object }) => `the upgrade ${does} ${object.kind} ${labelOf(object)}`),
    ...(isReached && isWrong ? [`${titleOf(composite.object)} is not ${composite.wanted}${why}`] : []),
  ];
  return { name: title, took: ended - began, failures, told: failures.length === 0 ? (end?.why ?? "") : "" };
}

function xmlOf({ name, took, failures, told }: Case, classname: string): string {
  const [first = ""] = failures;
  const body = [
    failures.length > 0 ? element("failure", { message: first, type: "simulation" }, escaped(failures.join("\n"))) : "",
    told === "" ? "" : element("system-out", {}, escaped(told)),
  ];
  return element("testcase", { name, classname, time: String(took / 1000) }, body.join(""));
}

function countsOf(cases: readonly Case[]): Readonly<Record<string, string>> {
  const failed = cases.filter(({ failures }) => failures.length > 0).length;
  return { tests: String(cases.length), failures: String(failed), errors: "0", skipped: "0" };
}
