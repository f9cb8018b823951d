import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fakeIO } from "../../../test/support/fake-io.js";
import { temporaryFolder } from "../../../test/support/temporary-folder.js";
import { run } from "../run.js";

const config = `
const schema = { openapi: { type: "object", properties: {} } };
const XLamp = { group: "example.org", version: "v1", kind: "XLamp", spec: schema, status: schema };
const lamp = { name: "lamp", composite: [XLamp], input: schema, compose: () => ({ resources: {} }) };
export default {
  functions: [lamp],
  compositions: [{ name: "xlamps", composite: XLamp, pipeline: [{ step: "lamp", functionRef: { name: "function-lamp" } }] }],
  packages: [{ kind: "Function", function: lamp }],
} as object;
`;
const paths = ["compositions/xlamps.yaml", "package/function-lamp/crossplane.yaml", "xrds/xlamp.yaml"];

describe("trimtab synth", () => {
  test("writes what is generated, says what changed, and nothing the second time", async () => {
    const { root, synth } = project();
    expect(await synth()).toEqual({ code: 0, stdout: paths.map((path) => `created ${path}\n`).join(""), stderr: "" });
    expect(readFileSync(join(root, "xrds/xlamp.yaml"), "utf8")).toContain("kind: CompositeResourceDefinition");
    expect(await synth()).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("--check exits with 1 and lists what drifted, and writes nothing", async () => {
    const { root, synth } = project();
    await synth();
    expect(await synth("--check")).toEqual({ code: 0, stdout: "", stderr: "" });

    writeFileSync(join(root, "xrds/xlamp.yaml"), "edited: true\n");
    rmSync(join(root, "compositions/xlamps.yaml"));
    const { code, stdout, stderr } = await synth("--check");
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: "missing compositions/xlamps.yaml\ndrifted xrds/xlamp.yaml\n",
    });
    expect(stderr).toMatch(/^trimtab: cannot confirm the generated files: 2 drifted; run trimtab synth\n$/);
    expect(readFileSync(join(root, "xrds/xlamp.yaml"), "utf8")).toBe("edited: true\n");
  });
});

function project() {
  const root = temporaryFolder({ "trimtab.config.ts": config });
  const synth = async (...flags: readonly string[]) => {
    const io = fakeIO({ cwd: root });
    const code = await run(["synth", ...flags], io);
    return { code, stdout: io.text("stdout"), stderr: io.text("stderr") };
  };
  return { root, synth };
}
