import { defineFunction, kind, type Managed, managed } from "trimtab";
import { v1 } from "trimtab/models";
import { defineXRD, object, string } from "trimtab/schema";
import { simulated } from "trimtab/testing";
import { expect, test } from "vitest";
import { database } from "./database.js";

type Database = Managed<"sql.example.org/v1", "Database", { readonly size: string }, { readonly endpoint?: string }>;
const Database = kind<Database>("sql.example.org/v1", "Database");

const XShop = defineXRD({
  group: "example.org",
  version: "v1",
  kind: "XShop",
  spec: object({ size: string().default("small") }),
  status: object({}),
});

const shop = defineFunction({
  name: "shop",
  composite: [XShop],
  composes: { database: Database, settings: v1.ConfigMap },
  compose: ({ xr }) => ({
    resources: {
      database: managed()(Database, { size: xr.spec.size }, { connectionSecret: `${xr.name}-database` }),
      settings: ({ observed, need }) =>
        v1.ConfigMap({ data: { endpoint: need(observed.database.status?.atProvider?.endpoint, "the database") } }),
    },
  }),
});

const xr = { metadata: { namespace: "payments", name: "shop" }, spec: {} };

test("a database that takes its time", async () => {
  const life = await simulated(shop, { xr, standIns: [database] });
  expect(life.when("made", "database")).toBeGreaterThanOrEqual(5 * 60_000);
  expect(life.composed("settings").data?.["endpoint"]).toMatch(/\.db\.example\.org$/);
  expect(Object.keys(life.secret("shop-database"))).toEqual(["host", "password"]);
});

test("a database with tables in it is not deleted", async () => {
  const faults = [{ on: { kind: "Database" }, fault: "not-empty" as const }];
  const life = await simulated(shop, {
    xr,
    standIns: [database],
    next: [{ faults, xr: null, until: "settled" }],
  });
  const held = life.timeline.find(({ what }) => what === "held");
  expect(held?.message).toContain("it still has tables in it");
});
