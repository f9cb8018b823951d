import { describe, expect, test } from "vitest";
import { type Happening, type What } from "../../simulate/timeline/happening.js";
import { fold } from "./fold.js";
import { newsOf } from "./news.js";

/** Each `name what: message`, all in one moment; a name that begins with x is that of an XR. */
function stage(...lines: readonly string[]): readonly Happening[] {
  return lines.map((line): Happening => {
    const [, name = "", what = "", message] = /^(\S+) ([^:]+)(?:: (.*))?$/.exec(line) ?? [];
    const kind = name.startsWith("x") ? "XBucket" : "Bucket";
    const part = kind === "Bucket" ? { resource: name, composite: "XBucket/x" } : {};
    const object = { apiVersion: "v1", kind, namespace: "n", name, ...part };
    return { at: 0, stage: 0, what: what as What, object, ...(message !== undefined && { message }) };
  });
}

const isComposite = ({ kind }: Happening["object"]) => kind === "XBucket";

const USED =
  'admission webhook "nousages.protection.crossplane.io" denied the request: This resource is in-use by 1 usage(s), including the *v1beta1.Usage "u" (in namespace "n") by resource Bucket/b.';

describe("newsOf", () => {
  test.each<{ reason: string; lines: readonly string[]; news: readonly string[] }>([
    { reason: "ready says that the cloud has it", lines: ["a made", "a ready"], news: ["a ready"] },
    { reason: "gone says that it was being deleted", lines: ["a deleting", "a deleted"], news: ["a deleted"] },
    {
      reason: "what comes right was not there yet",
      lines: ["a failed: cannot: b: no c", "a recovered", "a ready"],
      news: ["a not yet: no c", "a ready"],
    },
    { reason: "what does not come right failed", lines: ["a failed: cannot: no c"], news: ["a failed: cannot: no c"] },
    {
      reason: "what an XR fails with is never passed over",
      lines: ["x failed: cannot: no c", "x recovered", "x ready"],
      news: ["x failed: cannot: no c", "x recovered", "x ready"],
    },
    {
      reason: "what was ready before recovers",
      lines: ["a failed: cannot", "a recovered"],
      news: ["a not yet: cannot", "a recovered"],
    },
    {
      reason: "what is being deleted need not be ready",
      lines: ["a deleting", "a unready", "a failed: gone"],
      news: ["a deleting"],
    },
    {
      reason: "of what is waited for the new",
      lines: ["x waiting: a needs b", "x waiting: a needs b; c needs d"],
      news: ["x waiting: a needs b", "x waiting: c needs d"],
    },
    { reason: "Crossplane's list says nothing new", lines: ["x waiting: Unready resources: a, b"], news: [] },
    {
      reason: "what fails is an event too, and said once",
      lines: ["x said: Warning ComposeResources: cannot", "x failed: cannot", "x said: Warning ComposeResources: else"],
      news: ["x failed: cannot", "x said: Warning ComposeResources: else"],
    },
    {
      reason: "who uses it is part of the XR",
      lines: ["b created", `a held: ${USED}`],
      news: ["b created", "a held: in use by b"],
    },
    { reason: "or is not", lines: [`a held: ${USED}`], news: ["a held: in use by Bucket b"] },
  ])("$reason", ({ lines, news }) => {
    const told = newsOf(stage(...lines), isComposite);
    expect(
      told.map(({ what, object, message }) => `${object.name} ${what}${message === undefined ? "" : `: ${message}`}`),
    ).toEqual(news);
  });
});

test("what happens over and over is said twice, and then how often", () => {
  const [change] = stage("a changed");
  const repeated = [0, 10, 10, 20, 30, 40].flatMap((seconds) => (change ? [{ ...change, at: seconds * 1000 }] : []));
  const lines = fold(repeated, isComposite);
  expect(lines.map(({ at, count, text }) => [at, count, text])).toEqual([
    [0, 1, "a"],
    [10_000, 1, "a, and 3 times more within 30s"],
  ]);
});

test("a claim does not repeat what its XR waits for", () => {
  const [claim, xr, other] = stage("xa waiting: a needs b; own", "xa-1 waiting: a needs b", "xb-1 waiting: a needs b");
  const bound = [xr, other].flatMap((each) => (each ? [{ ...each, object: { ...each.object, namespace: "" } }] : []));
  const told = newsOf(claim ? [...bound, claim] : [], isComposite);
  expect(told.map(({ object, message }) => [object.name, message])).toEqual([
    ["xa-1", "a needs b"],
    ["xb-1", "a needs b"],
    ["xa", "own"],
  ]);
});

test("fold draws together what happened alike, and counts", () => {
  const lines = fold(
    stage("a held: in use", "b held: in use", "c held: of others", "x ready", "xy ready"),
    isComposite,
  );
  expect(lines.map(({ count, text }) => [count, text])).toEqual([
    [2, "a, b: in use"],
    [1, "c: of others"],
    [1, "XBucket n/x"],
    [1, "XBucket n/xy"],
  ]);
});
