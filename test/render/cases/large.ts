import { CONFIG_MAP, XR } from "../both/defaults.js";
import { type RenderCases } from "../both/render-case.js";

const many = Object.fromEntries(
  Array.from({ length: 500 }, (_, i) => [
    `resource-${i}`,
    {
      manifest: { ...CONFIG_MAP, data: { index: String(i), text: "x".repeat(i % 40) } },
      ready: i % 3 ? "True" : "False",
    },
  ]),
);

const deep = (depth: number): object => (depth === 0 ? { end: true } : { [`level${depth}`]: deep(depth - 1) });

/** Much of everything. */
export const large: RenderCases = {
  "five hundred composed resources": {
    reason: "each with its reference and perhaps its event",
    pipeline: [{ script: { resources: many } }],
    flags: ["-xr"],
    large: true,
  },
  "an object of 300 KB": {
    reason: "through the function and back",
    xr: { ...XR, spec: { lines: Array.from({ length: 3000 }, (_, i) => `${i}: ${"lorem ipsum ".repeat(8)}`) } },
    pipeline: [{ script: { echo: "echo" } }],
    flags: ["-x"],
    large: true,
  },
  "a text of 100 KB": {
    reason: "a block of many lines",
    xr: { ...XR, spec: { text: Array.from({ length: 2000 }, (_, i) => `${" ".repeat(i % 7)}line ${i}`).join("\n") } },
    pipeline: [{ script: { echo: "echo" } }],
    flags: ["-x"],
    large: true,
  },
  "nested fifty deep": {
    reason: "indentation",
    xr: { ...XR, spec: deep(50) },
    pipeline: [{ script: { echo: "echo" } }],
    flags: ["-x"],
  },
  "a response of more than 4 MiB": {
    reason: "Crossplane does not receive it",
    xr: { ...XR, spec: { text: "x".repeat(3_000_000) } },
    pipeline: [
      { step: "huge", script: { echo: "echo" } },
      { step: "more", script: { echo: "again" } },
    ],
    code: 1,
    says: /more|4 MiB|4194304|message/,
  },
};
