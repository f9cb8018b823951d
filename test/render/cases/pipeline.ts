import { CONFIG_MAP, PIPELINE, servedFunctions } from "../both/defaults.js";
import { type RenderCases } from "../both/render-case.js";

const red = { manifest: { ...CONFIG_MAP, data: { color: "red" } }, ready: "True" };
const echoes = { script: { echo: "echo" } };
const from = (fn: string, key: string) => ({ function: fn, script: { resources: { [key]: red } } });

/** What one step passes on to the next. */
export const pipelines: RenderCases = {
  "a step without input": {
    reason: "the function is sent none",
    pipeline: [{}],
    code: 1,
    says: /step-1.*no input/,
  },
  "three functions": {
    reason: "each is called at its address",
    pipeline: [
      from("function-one", "one"),
      from("function-two", "two"),
      { function: "function-three", script: { echo: "echo" } },
    ],
  },
  "the same function twice": {
    reason: "each step has its own input",
    pipeline: [from("function-one", "a"), from("function-one", "b"), echoes],
  },
  "two steps of one name": {
    reason: "nobody minds",
    pipeline: [
      { step: "same", script: { results: [{ severity: "Normal", message: "one" }] } },
      { step: "same", script: { results: [{ severity: "Normal", message: "two" }] } },
    ],
    flags: ["-r"],
  },
  "a step replaces what another desires": {
    reason: "as a whole",
    pipeline: [...PIPELINE, from("function-two", "config")],
  },
  "a step removes what another desires": {
    reason: "it is not composed",
    pipeline: [from("function-one", "a"), from("function-one", "b"), { script: { removes: ["a"] } }],
  },
  "a step drops all that is desired": {
    reason: "what comes after begins anew",
    pipeline: [
      from("function-one", "a"),
      { script: { composite: { status: { a: 1 }, ready: "False" } } },
      { function: "function-two", script: { upstream: "drop" } },
      echoes,
    ],
    flags: ["-r"],
  },
  "a step answers nothing at all": {
    reason: "neither desired state nor context is left",
    pipeline: [from("function-one", "a"), { script: { context: { a: 1 } } }, { script: { silent: true } }, echoes],
    flags: ["-c"],
  },
  "the last step answers nothing at all": {
    reason: "nothing is composed",
    pipeline: [from("function-one", "a"), { script: { silent: true } }],
    flags: ["-xc"],
  },
  "no steps": { reason: "nothing is composed", pipeline: [], flags: ["-xr"] },
  "a pipeline that is null": { reason: "nothing is composed", composition: { spec: { pipeline: null } } },
  "desired state as functions are sent it": {
    reason: "with readiness and connection details",
    pipeline: [
      {
        script: {
          resources: {
            a: { manifest: CONFIG_MAP, ready: "True", connectionDetails: { x: "y" } },
            b: { manifest: { apiVersion: "v1", kind: "B" }, ready: "False" },
            c: {},
            d: { manifest: { kind: "D", nested: { null: null, list: [], map: {} } }, ready: 9 },
          },
          composite: { status: { a: 1 }, ready: "False", connectionDetails: { url: "https://" } },
        },
      },
      echoes,
      { script: { removes: ["c"] } },
    ],
  },
  "a Function that is not listed": {
    reason: "its step cannot be run",
    pipeline: [{ step: "lost", function: "function-four", script: {} }],
    code: 1,
    says: /lost[\s\S]*function-four|function-four[\s\S]*lost/,
  },
  "a Function that is not listed, after a fatal result": {
    reason: "the fatal result comes first",
    pipeline: [
      { step: "first", script: { results: [{ severity: "Fatal", message: "over" }] } },
      { step: "lost", function: "function-four", script: {} },
    ],
    code: 1,
    says: /first.*over/,
  },
  "a step without a Function": {
    reason: "there is none without a name",
    composition: { spec: { pipeline: [{ step: "lost" }] } },
    code: 1,
    says: /lost/,
  },
  "a script that is malformed": {
    reason: "the function fails",
    pipeline: [{ step: "bad", input: { apiVersion: "v1", kind: "Script", nonsense: true } }],
    code: 1,
    says: /bad.*nonsense/,
  },
  "a Function that does not listen": {
    reason: "it is waited for until the time is over",
    functions: servedFunctions().map((fn) => JSON.parse(JSON.stringify(fn).replace("{{function-one}}", "127.0.0.1:9"))),
    flags: ["--timeout=2s"],
    code: 255,
  },
};
