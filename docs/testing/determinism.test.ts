import { defineFunction } from "trimtab";
import { v1 } from "trimtab/models";
import { checkDeterminism, givenOf } from "trimtab/testing";
import { expect, test } from "vitest";
import { archive } from "../tutorial/archive.js";
import { XArchive } from "../tutorial/xarchive.js";

const xr = { metadata: { namespace: "records", name: "letters" }, spec: { region: "eu-west-1" } };
const input = { regions: ["eu-west-1"] };

test("an archive is what its XR says", async () => {
  await checkDeterminism(archive, givenOf(archive, { xr, input }));
});

test("what looks at the clock is found out", async () => {
  const dated = defineFunction({
    name: "dated",
    composite: XArchive,
    composes: { note: v1.ConfigMap },
    compose: () => ({ resources: { note: v1.ConfigMap({ data: { year: String(new Date().getFullYear()) } }) } }),
  });
  await expect(checkDeterminism(dated, givenOf(dated, { xr }))).rejects.toThrow(
    'not deterministic: with another clock, desired.resources["note"].resource.data.year differs: it was "2024" and is "2031"; take times from what is observed',
  );
});
