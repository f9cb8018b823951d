import { describe, expect, test } from "vitest";
import { gvkOf, nameOf, namespaceOf, uidOf } from "../../render/unstructured.js";
import { type JsonObject } from "../../wire/index.js";
import { ApiServer } from "./api-server.js";
import { type Propagation } from "./client.js";
import { GarbageCollector } from "./garbage-collector.js";
import { finalizersOf, withFinalizers } from "./object-metadata.js";

// What the collector of kube-controller-manager is documented to do (Kubernetes, Garbage Collection).

interface Made {
  readonly name: string;
  /** Default: `team`. Empty for what is of no namespace. */
  readonly namespace?: string;
  readonly owners?: readonly { readonly of: string; readonly blocks?: boolean }[];
  readonly finalizers?: readonly string[];
}

class Cluster {
  refused: (name: string) => boolean = () => false;
  readonly deleted: string[] = [];
  readonly #queue = new Set<string>();
  readonly #waiting = new Set<string>();
  readonly #named = new Map<string, JsonObject>();
  readonly #collector: GarbageCollector;
  readonly api: ApiServer;

  constructor() {
    let count = 0;
    this.api = new ApiServer({
      now: () => "2026-01-01T00:00:00Z",
      uid: () => `uid-${++count}`,
      guard: (object) => (this.refused(nameOf(object)) ? "it is in use" : undefined),
    });
    this.#collector = new GarbageCollector(this.api);
    this.api.watch((change) => {
      if (change.type === "Deleted") this.deleted.push(nameOf(change.object));
      for (const key of this.#collector.concerns(change)) this.#queue.add(key);
    });
  }

  make({ name, namespace = "team", owners = [], finalizers = [] }: Made): void {
    const ownerReferences = owners.map(({ of, blocks = true }) => {
      const owner = this.#named.get(of) ?? {
        apiVersion: "example.org/v1",
        kind: "Thing",
        metadata: { name: of, uid: of },
      };
      const { apiVersion = "", kind = "" } = owner;
      return { apiVersion, kind, name: of, uid: uidOf(owner), blockOwnerDeletion: blocks };
    });
    const metadata = { name, ...(namespace && { namespace }), ownerReferences, finalizers };
    const kind = namespace === "" ? "ClusterThing" : "Thing";
    this.#named.set(name, this.api.create({ apiVersion: "example.org/v1", kind, metadata }, { manager: "test" }));
  }

  delete(name: string, propagation?: Propagation): void {
    this.api.delete(this.now(name), propagation && { propagation });
  }

  release(name: string): void {
    this.api.update(withFinalizers(this.now(name), []), { manager: "test" });
  }

  now(name: string): JsonObject {
    const object = this.find(name);
    if (!object) throw new Error(`cannot find ${name}: it is gone`);
    return object;
  }

  find(name: string): JsonObject | undefined {
    const known = this.#named.get(name);
    return known && this.api.get(gvkOf(known), namespaceOf(known), name);
  }

  names(): readonly string[] {
    return this.api.all().map(nameOf).sort();
  }

  /** Runs the collector until nothing is left to do, and once more what was refused. */
  async collect(): Promise<void> {
    for (const key of this.#waiting) this.#queue.add(key);
    this.#waiting.clear();
    for (const key of this.#queue) {
      this.#queue.delete(key);
      const { again } = await this.#collector.reconcile(key);
      if (again === "soon") this.#waiting.add(key);
    }
  }

  get retries(): number {
    return this.#waiting.size;
  }
}

/** Of three: a owns b, which owns c. */
function chain(more: Partial<Record<"a" | "b" | "c", Partial<Made>>> = {}): Cluster {
  const cluster = new Cluster();
  cluster.make({ name: "a", ...more.a });
  cluster.make({ name: "b", owners: [{ of: "a" }], ...more.b });
  cluster.make({ name: "c", owners: [{ of: "b" }], ...more.c });
  return cluster;
}

describe("in the background", () => {
  test("what is owned goes after its owner", async () => {
    const cluster = chain();
    await cluster.collect();
    expect(cluster.names()).toEqual(["a", "b", "c"]);
    cluster.delete("a", "Background");
    expect(cluster.names()).toEqual(["b", "c"]);
    await cluster.collect();
    expect(cluster.deleted).toEqual(["a", "b", "c"]);
  });

  test("what another living owner has stays, without the reference to the one that is gone", async () => {
    const cluster = new Cluster();
    cluster.make({ name: "a" });
    cluster.make({ name: "b" });
    cluster.make({ name: "c", owners: [{ of: "a" }, { of: "b" }] });
    cluster.delete("a");
    await cluster.collect();
    expect(cluster.now("c")["metadata"]).toMatchObject({ ownerReferences: [{ name: "b" }] });
    cluster.delete("b");
    await cluster.collect();
    expect(cluster.names()).toEqual([]);
  });

  test("what waits for a finalizer keeps what it owns", async () => {
    const cluster = chain({ b: { finalizers: ["example.org/hold"] } });
    cluster.delete("a");
    await cluster.collect();
    expect(cluster.names()).toEqual(["b", "c"]);
    expect(cluster.now("b")["metadata"]).toHaveProperty("deletionTimestamp");
    cluster.release("b");
    await cluster.collect();
    expect(cluster.names()).toEqual([]);
  });

  test("a refusal is tried again", async () => {
    const cluster = chain();
    cluster.refused = (name) => name === "b";
    cluster.delete("a");
    await cluster.collect();
    expect(cluster.names()).toEqual(["b", "c"]);
    expect(cluster.retries).toBe(1);
    cluster.refused = () => false;
    await cluster.collect();
    expect(cluster.names()).toEqual([]);
    expect(cluster.retries).toBe(0);
  });
});

describe("owners", () => {
  const cases: Readonly<Record<string, { readonly owner?: Made; readonly dependent: Made; readonly stays: boolean }>> =
    {
      "that were never there": { dependent: { name: "b", owners: [{ of: "a" }] }, stays: false },
      "in another namespace count as absent": {
        owner: { name: "a", namespace: "other" },
        dependent: { name: "b", owners: [{ of: "a" }] },
        stays: false,
      },
      "of no namespace own what is in one": {
        owner: { name: "a", namespace: "" },
        dependent: { name: "b", owners: [{ of: "a" }] },
        stays: true,
      },
      "of a namespace do not own what is in none, which is left alone": {
        owner: { name: "a" },
        dependent: { name: "b", namespace: "", owners: [{ of: "a" }] },
        stays: true,
      },
    };
  test.each(Object.entries(cases))("%s", async (_, { owner, dependent, stays }) => {
    const cluster = new Cluster();
    if (owner) cluster.make(owner);
    cluster.make(dependent);
    await cluster.collect();
    expect(cluster.names().includes("b")).toBe(stays);
  });

  test("of a namespace that are gone leave alone what is in none", async () => {
    const cluster = new Cluster();
    cluster.make({ name: "a" });
    cluster.make({ name: "b", namespace: "", owners: [{ of: "a" }] });
    cluster.delete("a");
    await cluster.collect();
    expect(cluster.names()).toEqual(["b"]);
  });

  test("are known by uid: another object of the name is none", async () => {
    const cluster = chain();
    cluster.delete("a");
    cluster.make({ name: "a" });
    await cluster.collect();
    expect(cluster.names()).toEqual(["a"]);
  });
});

describe("in the foreground", () => {
  test("what blocks goes first, and what it owns before it", async () => {
    const cluster = chain();
    cluster.delete("a", "Foreground");
    expect(finalizersOf(cluster.now("a"))).toEqual(["foregroundDeletion"]);
    await cluster.collect();
    expect(cluster.deleted).toEqual(["c", "b", "a"]);
  });

  test("what does not block goes too, and nobody waits for it", async () => {
    const cluster = chain({ b: { owners: [{ of: "a", blocks: false }], finalizers: ["example.org/hold"] } });
    cluster.delete("a", "Foreground");
    await cluster.collect();
    expect(cluster.deleted).toContain("a");
    expect(cluster.now("b")["metadata"]).toHaveProperty("deletionTimestamp");
  });

  test("an owner waits for finalizers of what blocks it", async () => {
    const cluster = chain({ c: { finalizers: ["example.org/hold"] } });
    cluster.delete("a", "Foreground");
    await cluster.collect();
    expect(cluster.names()).toEqual(["a", "b", "c"]);
    cluster.release("c");
    await cluster.collect();
    expect(cluster.deleted).toEqual(["c", "b", "a"]);
  });

  test("what comes to be while an owner waits goes as well", async () => {
    const cluster = chain({ b: { finalizers: ["example.org/hold"] } });
    cluster.delete("a", "Foreground");
    await cluster.collect();
    cluster.make({ name: "d", owners: [{ of: "a" }] });
    await cluster.collect();
    expect(cluster.names()).toEqual(["a", "b"]);
  });

  test("two that own each other go both", async () => {
    const cluster = new Cluster();
    cluster.make({ name: "a" });
    cluster.make({ name: "b", owners: [{ of: "a" }] });
    const [a, b] = [cluster.now("a"), cluster.now("b")];
    const owner = { apiVersion: "example.org/v1", kind: "Thing", name: "b", uid: uidOf(b), blockOwnerDeletion: true };
    cluster.api.update({ ...a, metadata: { ...Object(a["metadata"]), ownerReferences: [owner] } }, { manager: "test" });
    cluster.delete("a", "Foreground");
    await cluster.collect();
    expect(cluster.names()).toEqual([]);
  });
});

test("what is orphaned stays, and belongs to nobody", async () => {
  const cluster = chain();
  cluster.delete("a", "Orphan");
  expect(finalizersOf(cluster.now("a"))).toEqual(["orphan"]);
  await cluster.collect();
  expect(cluster.names()).toEqual(["b", "c"]);
  expect(cluster.now("b")["metadata"]).not.toHaveProperty("ownerReferences");
  expect(cluster.now("c")["metadata"]).toHaveProperty("ownerReferences");
});
