import { describe, expect, test } from "vitest";
import { resource } from "../../../test/support/cloud-scene.js";
import { Cloud, type CloudChange } from "./cloud.js";
import { madeUp, madeUpSecret } from "./made-up.js";

const BUCKET = { apiVersion: "s3.example.org/v1", kind: "Bucket" };
const PART = { apiVersion: "s3.example.org/v1", kind: "Part" };
const object = resource("Bucket", "bkt");

function cloudAt() {
  const clock = { now: 0 };
  const cloud = new Cloud({ now: () => clock.now });
  const changes: CloudChange[] = [];
  cloud.onChange((change) => changes.push(change));
  const make = (name: string, takes = 0) => cloud.make({ kind: BUCKET, object, parameters: {}, name, takes });
  return { clock, cloud, make, story: () => changes.map(({ what, external }) => `${what} ${external.name}`) };
}

test("what is being made is not there yet, and is counted already", () => {
  const { clock, cloud, make, story } = cloudAt();
  make("one", 100);
  expect([cloud.find(BUCKET, "one"), cloud.list(BUCKET).length, cloud.all().length]).toEqual([undefined, 1, 0]);
  expect(cloud.workOn(BUCKET, "one")).toMatchObject({ what: "make", until: 100 });
  clock.now = 100;
  expect(cloud.find(BUCKET, "one")).toMatchObject({ name: "one", holds: 0 });
  expect(cloud.workOn(BUCKET, "one")).toBeUndefined();
  expect(story()).toEqual(["made one"]);
});

test("a kind is the same in another version", () => {
  const { cloud, make } = cloudAt();
  make("one");
  expect(cloud.find({ ...BUCKET, apiVersion: "s3.example.org/v2" }, "one")).toBeDefined();
  expect(cloud.find({ ...BUCKET, apiVersion: "other.example.org/v1" }, "one")).toBeUndefined();
});

test("what takes its time to be changed or removed is as it was until then", () => {
  const { clock, cloud, make, story } = cloudAt();
  cloud.update(BUCKET, { ...make("one"), parameters: { a: 1 } }, 10);
  expect(cloud.find(BUCKET, "one")?.parameters).toEqual({});
  clock.now = 10;
  expect(cloud.find(BUCKET, "one")?.parameters).toEqual({ a: 1 });
  cloud.remove(BUCKET, "one", 10);
  expect(cloud.find(BUCKET, "one")).toBeDefined();
  clock.now = 20;
  expect(cloud.find(BUCKET, "one")).toBeUndefined();
  expect(story()).toEqual(["made one", "updated one", "removed one"]);
});

test("parts go with what they are part of, and theirs with them", () => {
  const { cloud, make, story } = cloudAt();
  make("one");
  const part = (name: string, of: typeof BUCKET, whole: string) =>
    cloud.make({ kind: PART, object, parameters: {}, name, partOf: () => ({ ...of, name: whole }) });
  part("p", BUCKET, "one");
  part("pp", PART, "p");
  part("other", BUCKET, "two");
  cloud.remove(BUCKET, "one");
  expect(cloud.all().map(({ name }) => name)).toEqual(["other"]);
  expect(story().slice(4)).toEqual(["removed one", "removed p", "removed pp"]);
});

test("whoever no longer listens is told nothing", () => {
  const { cloud, make } = cloudAt();
  const told: CloudChange[] = [];
  const stop = cloud.onChange((change) => told.push(change));
  make("one");
  stop();
  make("two");
  expect(told).toHaveLength(1);
});

describe("ids", () => {
  test("are the same each time, and different for each thing", () => {
    const ids = () => {
      const { cloud, make } = cloudAt();
      const first = make("one").id;
      cloud.remove(BUCKET, "one");
      return [first, make("one").id, make("two").id];
    };
    expect(ids()).toEqual(ids());
    expect(new Set(ids()).size).toBe(3);
    for (const id of ids()) expect(id).toMatch(/^[A-Z2-7]{20}$/);
  });

  test("of two kinds are different although their names are not", () => {
    const { cloud } = cloudAt();
    const other = cloud.make({ kind: PART, object, parameters: {}, name: "one" });
    expect(cloudAt().make("one").id).not.toBe(other.id);
  });

  test("names of the cloud's own differ although their objects are called the same", () => {
    const { cloud } = cloudAt();
    const name = (id: string) => `made-${id}`;
    const [one, two] = [1, 2].map(() => cloud.make({ kind: BUCKET, object, parameters: {}, name }).name);
    expect(one).not.toBe(two);
  });
});

test("what is made up depends on all of its seed", () => {
  expect(madeUp(["a", "b"], 20)).not.toBe(madeUp(["ab"], 20));
  expect(madeUpSecret(["a"])).toMatch(/^SimulatedSecret[A-Za-z0-9]{25}$/);
  expect(madeUpSecret(["a"])).not.toBe(madeUpSecret(["b"]));
});
