import { encodeBase64, type Resource } from "trimtab";
import { v1 } from "trimtab/models";
import { type Other, observe, settle } from "trimtab/testing";
import { describe, expect, test } from "vitest";
import { connection } from "./function.js";
import { claimed, database, field, inputOf, instance, password, publish, ready } from "./situation.js";

describe("a value", () => {
  const cases: Readonly<Record<string, readonly [object, string]>> = {
    "of a connection detail": [password, "fake-password"],
    "of a field, text": [field("status.atProvider.address"), "db.example.org"],
    "of a field, a number": [field("status.atProvider.port"), "5432"],
    "of a field, false": [field("status.atProvider.tls"), "false"],
    "of a field with dots in its name": [field("metadata.annotations[crossplane.io/external-name]"), "orders-1"],
    "of an item of a list": [field("status.atProvider.zones[1]"), "b"],
    "of the XR's spec": [{ name: "key", type: "FromCompositeFieldPath", fromFieldPath: "spec.size" }, "3"],
    "of the XR's namespace": [
      { name: "key", type: "FromCompositeFieldPath", fromFieldPath: "metadata.namespace" },
      "shop",
    ],
    "as it stands": [{ name: "key", type: "FromValue", value: "postgresql" }, "postgresql"],
    "as it stands, empty": [{ name: "key", type: "FromValue", value: "" }, ""],
  };
  test.each(Object.entries(cases))("%s", (_, [detail, value]) => {
    const { text, waiting } = publish(inputOf([detail]));
    expect(text.flatMap(Object.values<string>)).toEqual([value]);
    expect(waiting).toEqual({});
  });

  test("of the XR's status is what earlier steps reported", () => {
    const xr = { ...database, status: { host: "db.example.org" } };
    const detail = { name: "host", type: "FromCompositeFieldPath", fromFieldPath: "status.host" };
    expect(publish(inputOf([detail]), { xr }).text).toEqual([{ host: "db.example.org" }]);
  });

  const refused: Readonly<Record<string, readonly [object, string]>> = {
    "an object": [
      field("status.atProvider"),
      "input.secrets[0].connectionDetails[0].fromFieldPath: status.atProvider of instance is an object: choose one of its fields",
    ],
    "a list": [
      field("status.atProvider.zones"),
      "input.secrets[0].connectionDetails[0].fromFieldPath: status.atProvider.zones of instance is a list: choose one item, such as with [0]",
    ],
    "a number that was rounded": [
      field("status.atProvider.big"),
      "input.secrets[0].connectionDetails[0].fromFieldPath: status.atProvider.big of instance is a number above 2^53, which arrives rounded: choose a field that has it as text",
    ],
  };
  test.each(Object.entries(refused))("is refused as %s", (_, [detail, message]) => {
    expect(publish(inputOf([detail])).message).toBe(message);
  });
});

describe("the Secret", () => {
  const whole = [password, field("status.atProvider.address", { name: "host" })];

  test("has its name, type, labels and annotations, in the XR's namespace alone", () => {
    const metadata = { labels: { app: "orders" }, annotations: { note: "x" } };
    const { resources } = publish(inputOf(whole, { type: "servicebinding.io/postgresql", ...metadata }));
    expect(resources).toEqual({
      "secrets/db/secret": {
        apiVersion: "v1",
        kind: "Secret",
        metadata: {
          name: "db",
          labels: { app: "orders" },
          annotations: { note: "x", "trimtab.dev/composed-by": "connection" },
        },
        type: "servicebinding.io/postgresql",
        data: { password: encodeBase64("fake-password"), host: encodeBase64("db.example.org") },
      },
    });
  });

  test("of a claim lies in the claim's namespace", () => {
    const nameFrom = { fieldPath: "spec.claimRef.name", suffix: "-db" };
    const input = { secrets: [{ nameFrom, connectionDetails: whole }] };
    const [secret] = Object.values(publish(input, { xr: claimed }).resources);
    expect(secret?.metadata).toMatchObject({ name: "orders-db", namespace: "shop" });
  });

  const names: Readonly<Record<string, readonly [object, string]>> = {
    "as it stands": [{ name: "db" }, "db"],
    "of a field of the spec": [{ nameFrom: { fieldPath: "spec.secretName" } }, "orders-db"],
    "made from the XR's name": [
      { nameFrom: { fieldPath: "metadata.name", prefix: "x-", suffix: "-conn" } },
      "x-orders-conn",
    ],
  };
  test.each(Object.entries(names))("has a name %s", (_, [named, name]) => {
    const { resources } = publish({ secrets: [{ ...named, connectionDetails: whole }] });
    expect(Object.values(resources).map(({ metadata }) => metadata?.name)).toEqual([name]);
  });

  const lacking: Readonly<Record<string, readonly [Readonly<Record<string, Other>>, string]>> = {
    "the resource": [{}, "the resource instance"],
    "a connection detail": [
      { instance: { ...instance, connection: { username: "u" } } },
      "the connection detail password of instance",
    ],
    "a connection detail that is empty": [
      { instance: { ...instance, connection: { password: "" } } },
      "the connection detail password of instance",
    ],
    "a field": [{ instance: { ...instance, status: { conditions: ready } } }, "status.atProvider.address of instance"],
    "a field that is empty": [
      { instance: { ...instance, status: { atProvider: { address: "" } } as never } },
      "status.atProvider.address of instance",
    ],
    both: [
      { instance: { ...instance, connection: {}, status: {} } },
      "the connection detail password of instance, status.atProvider.address of instance",
    ],
  };
  test.each(Object.entries(lacking))("is not published while it lacks %s", (_, [others, what]) => {
    const { resources, complete, composed } = publish(inputOf(whole), { others });
    expect(resources).toEqual({});
    expect(complete).toBe(false);
    expect(composed).toBe(`secrets/db/secret needs ${what}`);
  });

  const published = {
    secrets: { db: { secret: { metadata: { name: "db" }, data: { password: "b2xk", host: "b2xk" } } } },
  };
  test.each(Object.entries(lacking))("stays as it was published while it lacks %s", (_, [others]) => {
    const { text, complete, removed } = publish(inputOf(whole), { others, observed: published });
    expect(text).toEqual([{ password: "old", host: "old" }]);
    expect(removed).toEqual([]);
    expect(complete).toBe(true);
  });
  test("has new values once all of them are there", () => {
    const { text } = publish(inputOf(whole), { observed: published });
    expect(text).toEqual([{ password: "fake-password", host: "db.example.org" }]);
  });
  test("has no key any more that the input no longer lists, and goes once it is not listed itself", () => {
    expect(publish(inputOf([password]), { observed: published }).text).toEqual([{ password: "fake-password" }]);
    const { resources, removed } = publish({ secrets: [] }, { observed: published });
    expect(resources).toEqual({});
    expect(removed).toEqual(["secrets/db/secret"]);
  });

  test("waits for what it reads from to be ready, where that is wanted", () => {
    const others = { instance: { ...instance, status: { ...instance.status, conditions: [] } } };
    expect(publish(inputOf(whole), { others }).text).toHaveLength(1);
    const { composed } = publish(inputOf(whole, { waitForReady: true }), { others });
    expect(composed).toBe("secrets/db/secret needs instance to be ready");
    expect(publish(inputOf(whole, { waitForReady: true })).text).toHaveLength(1);
  });
});

describe("an optional key", () => {
  const details = [password, field("status.atProvider.replica", { name: "replica", optional: true })];
  const published = {
    secrets: { db: { secret: { metadata: { name: "db" }, data: { password: "b2xk", replica: "b2xk" } } } },
  };
  test("is left out while it has no value", () => {
    expect(publish(inputOf(details)).text).toEqual([{ password: "fake-password" }]);
  });
  test("stays once it was published", () => {
    const { text } = publish(inputOf(details), { observed: published });
    expect(text).toEqual([{ password: "fake-password", replica: "old" }]);
  });
});

describe("two steps in one pipeline", () => {
  const [first, second] = [inputOf([password], { name: "a" }), inputOf([password], { name: "b" })];
  const observed = {
    instance: { resource: instance, connection: instance.connection ?? {} },
    "secrets/a/secret": { resource: ours("a") },
    "secrets/b/secret": { resource: ours("b") },
  };
  test("each publish their own Secrets", () => {
    const one = settle(connection, { xr: database, input: first, observed });
    const two = settle(connection, {
      xr: database,
      input: second,
      observed,
      desired: { resources: one.resources },
    });
    expect(Object.keys(one.resources)).toEqual(["secrets/a/secret"]);
    expect(Object.keys(two.resources)).toEqual(["secrets/b/secret"]);
  });
});

describe("a legacy XR's own connection details", () => {
  const input = { secrets: [], connectionDetails: [password, field("status.atProvider.port", { name: "port" })] };
  const [whole, before] = [
    { password: "fake-password", port: "5432" },
    { password: "old", port: "1" },
  ];

  test("are published whole", () => {
    expect(publish(input, { xr: claimed }).connectionDetails).toEqual(whole);
  });
  test("are not published in part", () => {
    const outcome = publish(input, { xr: claimed, others: { instance: { ...instance, connection: {} } } });
    expect(outcome.connectionDetails).toEqual({});
    expect(outcome.composed).toBe("connection details needs the connection detail password of instance");
    expect(outcome.complete).toBe(false);
  });
  test("stay while something is missing", () => {
    const outcome = publish(input, { xr: claimed, others: {}, connectionDetails: before });
    expect(outcome.connectionDetails).toEqual(before);
  });
  test("cannot be optional", () => {
    const optional = { ...input, connectionDetails: [{ ...password, optional: true }] };
    expect(publish(optional, { xr: claimed }).message).toBe(
      "input.connectionDetails[0].optional is for secrets alone: leave it out",
    );
  });
});

function ours(name: string): Resource {
  const data = { password: encodeBase64("old") };
  return observe(connection, database, `secrets/${name}/secret`, v1.Secret({ metadata: { name }, data }));
}
