import { describe, expect, test } from "vitest";
import { PASSWORD, simulatedBucket } from "../../../../test/support/simulated-bucket.js";
import { type JsonObject } from "../../../wire/index.js";
import { storyOf } from "../story.js";
import { axisOf } from "./axis.js";
import { graphOf } from "./graph.js";
import { lanesOf } from "./lanes.js";
import { embedded, html } from "./markup.js";
import { page } from "./page.js";

const { simulation, input } = simulatedBucket();
const story = storyOf(simulation, input);

describe("the page", () => {
  const text = page(story);

  test("asks for nothing from anywhere", () => {
    expect(text).toContain(`default-src 'none'`);
    expect(text).not.toMatch(/\b(src|srcset|action)=|<link|@import|url\((?!#)|fetch|XMLHttp/);
    expect([...text.matchAll(/href="([^"]*)"/g)].every(([, href = ""]) => href.startsWith("#"))).toBe(true);
  });

  test("has a row for each object, which leads to what happened to it", () => {
    const rows = [...text.matchAll(/<th scope="row"><a href="#(\w+)"/g)].map(([, id = ""]) => id);
    expect(rows).toHaveLength(14);
    for (const id of rows) expect(text.split(` id="${id}"`)).toHaveLength(2);
    expect(text.match(/<tr data-object=/g)).toHaveLength(story.timeline.length);
  });

  test("is filtered so that a part stands below its XR", () => {
    const rows = [...text.matchAll(/<tr class="(own|part)"[^>]* data-text="([^"]*)"/g)];
    const xr = rows.find(([, , words = ""]) => words.startsWith("xbucket "));
    const part = rows.find(([, , words = ""]) => words.includes("podidentity/role"));
    expect(xr?.[2]).toContain("podidentity/role");
    expect(part?.[2]).toContain(" receipts ");
  });

  test("closes what it opens", () => {
    for (const name of ["table", "tr", "td", "svg", "g", "text", "section", "a", "ul", "li", "script", "title"]) {
      const opened = text.match(new RegExp(`<${name}[ >]`, "g"))?.length;
      expect([name, opened]).toEqual([name, text.match(new RegExp(`</${name}>`, "g"))?.length]);
    }
  });

  test("escapes what it is told, in markup and in data", () => {
    const bad = `</script><img onerror="x" alt='&'>`;
    const timeline = simulation.timeline.map((each) => ({
      ...each,
      message: bad,
      object: { ...each.object, name: `${each.object.name}${bad}` },
    }));
    const stages = simulation.stages.map((stage) => ({ ...stage, title: bad, composites: [] }));
    const evil = page(storyOf({ ...simulation, timeline, stages }, input));
    expect(evil).not.toContain("<img");
    expect(evil.match(/<\/script>/g)).toHaveLength(2);
    const data = /<script type="application\/json" id="story">(.*)<\/script>/.exec(evil)?.[1] ?? "";
    expect(JSON.parse(data)).toHaveProperty("timeline.0.message", bad);
  });

  test("has no secret in any form", () => {
    expect(text).not.toContain("battery");
    expect(text).not.toContain(Buffer.from(PASSWORD).toString("base64"));
  });
});

test("markup escapes texts and attributes, and keeps markup", () => {
  const { html: text } = html`<a title="${`"'<>&\u202e`}">${[html`<b>${1}</b>`]}${undefined}</a>`;
  expect(text).toBe(`<a title="&#34;&#39;&#60;&#62;&#38;\ufffd"><b>1</b></a>`);
  expect(embedded({ a: "</script>\u2028" }).html).toBe(`{"a":"\\u003c/script\\u003e\\u2028"}`);
});

describe("lanes", () => {
  const lanes = lanesOf(story);
  const lane = (resource: string) => lanes.filter(({ object }) => object.resource === resource);

  test("XRs stand before what they compose, and what was made again below what it replaces", () => {
    expect(lanes[0]?.object.kind).toBe("XBucket");
    const at = lanes.findIndex(({ object }) => object.name === "receipts-b88782689af2");
    expect(lanes[at + 1]?.object.name).toBe("receipts-0123456789ab");
  });

  test.each([
    {
      reason: "what fails and comes right was waiting",
      resource: "policy",
      states: ["creating", "waiting", "ready", "deleting"],
    },
    { reason: "what cannot be ready is there", resource: "consumers/receipts-api/secret", states: ["present"] },
    { reason: "what is held stays as it is", resource: "publicAccess", states: ["creating", "ready", "deleting"] },
  ])("$reason", ({ resource, states }) => {
    expect(lane(resource).map(({ segments }) => segments.map(({ state }) => state))).toEqual([states]);
  });

  test("the cloud has it from when it was made, and beyond its object where it is kept", () => {
    expect(lane("bucket")[0]?.cloud).toEqual([
      { from: 10_000, to: 100_000, isLeft: false },
      { from: 100_000, to: 102_000, isLeft: true },
    ]);
  });
});

describe("the axis", () => {
  test("keeps order, and lets a long wait take less room", () => {
    const axis = axisOf([0, 1000, 3_601_000]);
    const [first = 0, second = 0, third = 0] = [0, 1000, 3_601_000].map((ms) => axis.at(ms));
    expect(first).toBeLessThan(second);
    expect(third).toBeGreaterThan(second);
    expect(third - second).toBeLessThan((second - first) * 10);
    expect(axis.at(1_800_000)).toBeGreaterThan(second);
    expect(axis.at(1_800_000)).toBeLessThan(third);
  });

  test("labels stand apart", () => {
    const axis = axisOf(Array.from({ length: 50 }, (_, index) => index * 10));
    const places = axis.ticks.map((tick) => axis.at(tick));
    expect(places.slice(1).every((place, index) => place - (places[index] ?? 0) >= 54)).toBe(true);
    expect(places.length).toBeGreaterThan(5);
  });
});

test("references and Usages are edges", () => {
  const object = (apiVersion: string, kind: string, name: string, spec: JsonObject): JsonObject => ({
    ...{ apiVersion, kind, metadata: { namespace: "payments", name }, spec },
  });
  const side = (kind: string, name: string) => ({ kind, resourceRef: { name } });
  const s3 = "s3.aws.m.upbound.io/v1beta1";
  const objects = [
    object(s3, "BucketPolicy", "receipts-404d479a97e5", {
      forProvider: { bucketRef: { name: "receipts-8f6e4b9ab392" } },
    }),
    object("protection.crossplane.io/v1beta1", "Usage", "u", {
      of: side("BucketPolicy", "receipts-404d479a97e5"),
      by: side("Bucket", "receipts-8f6e4b9ab392"),
      reason: "The bucket goes first.",
    }),
  ];
  const { edges, nodes } = graphOf(storyOf({ ...simulation, objects }, input));
  const named = (id: string) => nodes.find((node) => node.id === id)?.object.resource;
  const others = edges.filter(({ kind }) => kind !== "composes");
  expect(others.map(({ kind, label, from, to }) => [kind, label, named(from), named(to)])).toEqual([
    ["refers", "bucketRef", "policy", "bucket"],
    ["protects", "The bucket goes first.", "policy", "bucket"],
  ]);
  expect(edges.filter(({ kind }) => kind === "composes")).toHaveLength(nodes.length - 1);
});
