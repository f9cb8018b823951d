import { describe, expect, test } from "vitest";
import { type Effect, effectsOf, isDestructive } from "./effects.js";
import { type Happening, type What } from "./happening.js";

/** Each `stage name what`: what happened, in order, to an object of a name that is the resource `role`. */
function timeline(...lines: readonly string[]): readonly Happening[] {
  return lines.map((line, at): Happening => {
    const [stage = "", name = "", ...what] = line.split(" ");
    const object = { apiVersion: "iam/v1", kind: "Role", namespace: "n", name, resource: "role", composite: "X/x" };
    return { at, stage: Number(stage), what: what.join(" ") as What, object, fields: [`spec.${name}`] };
  });
}

const made = ["0 a created", "0 a made", "0 a ready"];

describe("effectsOf", () => {
  test.each<{ reason: string; lines: readonly string[]; does: Effect["does"] | undefined }>([
    { reason: "nothing happens", lines: made, does: undefined },
    { reason: "it is asked for otherwise", lines: [...made, "1 a changed"], does: "changes" },
    { reason: "it is new", lines: ["1 a created", "1 a made"], does: "adds" },
    { reason: "it comes and goes within the stage", lines: ["1 a created", "1 a deleted"], does: undefined },
    { reason: "it goes", lines: [...made, "1 a deleting", "1 a removed", "1 a deleted"], does: "deletes" },
    { reason: "it is only about to go", lines: [...made, "1 a deleting", "1 a held"], does: "deletes" },
    { reason: "it goes, and the cloud keeps it", lines: [...made, "1 a kept", "1 a deleted"], does: "deletes" },
    { reason: "it comes back under its name", lines: [...made, "1 a deleted", "1 a created"], does: "recreates" },
    { reason: "another takes its place first", lines: [...made, "1 b created", "1 a deleting"], does: "recreates" },
    { reason: "the cloud is given it a second time", lines: [...made, "1 a changed", "1 a made"], does: "recreates" },
    { reason: "what lay there from the start goes", lines: ["1 a deleted"], does: "deletes" },
    { reason: "what was gone before comes back", lines: [...made, "0 a deleted", "1 a created"], does: "adds" },
    { reason: "a provider writes its status", lines: [...made, "1 a unready", "1 a ready"], does: undefined },
  ])("$reason: $does", ({ lines, does }) => {
    expect(effectsOf(timeline(...lines), 1).map((effect) => effect.does)).toEqual(does === undefined ? [] : [does]);
  });

  test("names fields that were changed, and tells what the cloud keeps", () => {
    const [effect] = effectsOf(timeline(...made, "1 a changed", "1 a kept", "1 a deleted"), 1);
    expect(effect).toMatchObject({ fields: ["spec.a"], isKept: true, object: { name: "a" } });
  });

  test("the worst comes first", () => {
    const other = (line: string, resource: string) =>
      timeline(line).map((each) => ({ ...each, object: { ...each.object, resource } }));
    const all = [...other("1 a created", "1"), ...timeline(...made, "1 a deleted"), ...other("1 c changed", "0")];
    const effects = effectsOf(all, 1);
    expect(effects.map(({ does }) => does)).toEqual(["deletes", "changes", "adds"]);
    expect(effects.map(isDestructive)).toEqual([true, false, false]);
  });

  test("what nobody composes is no effect", () => {
    const object = { apiVersion: "v1", kind: "Secret", namespace: "n", name: "s" };
    expect(effectsOf([{ at: 0, stage: 1, what: "deleted", object }], 1)).toEqual([]);
  });
});
