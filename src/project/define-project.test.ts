import { describe, expect, test } from "vitest";
import { defineFunction } from "../function/index.js";
import { defineXRD, legacy, object } from "../schema/index.js";
import { step } from "../synth/step.js";
import { defineProject, type ProjectDefinition } from "./define-project.js";

const XLamp = defineXRD({ group: "example.org", version: "v1", kind: "XLamp", spec: object({}), status: object({}) });
const LegacyXLamp = legacy(XLamp, { kind: "LegacyXLamp", claim: { kind: "Lamp" } });
const XChair = defineXRD({ group: "example.org", version: "v1", kind: "XChair", spec: object({}), status: object({}) });
const lamp = defineFunction({
  name: "lamp",
  composite: [XLamp, LegacyXLamp],
  composes: {},
  compose: () => ({ resources: {} }),
});
const lamps = { name: "xlamps", composite: XLamp, pipeline: [step(lamp)] };
const chairs = { name: "xchairs", composite: XChair, pipeline: [{ step: "x", functionRef: { name: "elsewhere" } }] };

describe("defineProject", () => {
  test("finds the XRDs that functions and Compositions compose, each once", () => {
    expect(defineProject({ functions: [lamp], compositions: [lamps, chairs] })).toEqual({
      functions: [lamp],
      compositions: [lamps, chairs],
      xrds: [XLamp, LegacyXLamp, XChair],
      packages: [],
      standIns: [],
    });
  });

  test("takes a project that was defined already", () => {
    const project = defineProject({ functions: [lamp], xrds: [XLamp] });
    expect(defineProject(project)).toEqual(project);
  });

  test.each<{ name: string; definition: unknown; says: string }>([
    { name: "no object", definition: 1, says: "it is not an object" },
    { name: "no functions", definition: {}, says: "functions is missing" },
    {
      name: "a field that there is not",
      definition: { functions: [], function: [] },
      says: "it has no field function; there are functions",
    },
    { name: "what is no list", definition: { functions: lamp }, says: "functions is not a list" },
    {
      name: "what is no function",
      definition: { functions: [lamp, {}] },
      says: "functions[1] is not a function; make it with defineFunction",
    },
    { name: "what is no XRD", definition: { functions: [], xrds: [{ kind: "XLamp" }] }, says: "xrds[0] is not an XRD" },
    {
      name: "what is no Composition",
      definition: { functions: [], compositions: [{ name: "a" }] },
      says: "compositions[0] is not a Composition",
    },
    {
      name: "what is no package",
      definition: { functions: [], packages: [{ kind: "Provider" }] },
      says: "packages[0] is not a package",
    },
    {
      name: "two functions of one name",
      definition: { functions: [lamp, lamp] },
      says: "functions has two that are named lamp",
    },
    {
      name: "two Compositions of one name",
      definition: { functions: [], compositions: [lamps, lamps] },
      says: "compositions has two that are named xlamps",
    },
    {
      name: "two packages of one name",
      definition: {
        functions: [],
        packages: [
          { kind: "Function", function: lamp },
          { kind: "Configuration", name: "function-lamp", compositions: [] },
        ],
      },
      says: "packages has two that are named function-lamp",
    },
  ])("refuses $name", ({ definition, says }) => {
    expect(() => defineProject(definition as ProjectDefinition)).toThrow(`cannot define the project: ${says}`);
  });
});
