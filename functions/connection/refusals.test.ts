import { type Resource } from "trimtab";
import { describe, expect, test } from "vitest";
import { field, inputOf, legacy, password, publish, uid } from "./situation.js";

describe("a Secret of that name that is not this step's", () => {
  const secret = (metadata: object): Resource => ({
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "db", namespace: "shop", ...metadata },
  });
  const owned = (kind: string, name: string, owner: string) => ({
    ownerReferences: [{ apiVersion: "x/v1", kind, name, uid: owner, controller: true }],
  });
  const composedAs = (key: string) => ({
    ...owned("XDatabase", "orders", uid),
    annotations: { "crossplane.io/composition-resource-name": key },
  });
  const cases: Readonly<Record<string, readonly [object, string]>> = {
    "is nobody's": [{}, "is not this XDatabase's"],
    "is another XR's": [owned("XCache", "sessions", "2"), "is XCache sessions's"],
    "holds what a managed resource publishes": [owned("Instance", "orders-abc", "3"), "is Instance orders-abc's"],
    "is composed by another step": [composedAs("login"), "is composed already, as login"],
  };
  test.each(Object.entries(cases))("%s", (_, [metadata, whose]) => {
    const { message, resources } = publish(inputOf([password]), { required: [secret(metadata)] });
    expect(message).toBe(
      `input.secrets[0]: the Secret shop/db exists and ${whose}: choose another name, or delete that Secret`,
    );
    expect(resources).toEqual({});
  });
  test("but not one that this step has just made", () => {
    const required = [secret(composedAs("secrets/db/secret"))];
    expect(publish(inputOf([password]), { required }).results).toEqual([]);
  });
  test("nor one of another namespace", () => {
    const required = [secret({ namespace: "other" })];
    expect(publish(inputOf([password]), { required }).results).toEqual([]);
  });
});

describe("input that is refused", () => {
  const detail = (more: object) => ({ name: "key", ...more });
  const first = "input.secrets[0].connectionDetails[0]";
  const cases: Readonly<Record<string, readonly [object, string]>> = {
    "no secrets at all": [{}, "input.secrets is required"],
    "a Secret without a name": [
      { secrets: [{ connectionDetails: [password] }] },
      "input.secrets[0] has no name: write name or nameFrom",
    ],
    "a Secret with two": [
      inputOf([password], { nameFrom: { fieldPath: "metadata.name" } }),
      "input.secrets[0] has name and nameFrom: leave one out",
    ],
    "a name of what the cluster shows": [
      { secrets: [{ nameFrom: { fieldPath: "status.name" }, connectionDetails: [password] }] },
      "input.secrets[0].nameFrom.fieldPath status.name begins with status: choose a field of the XR's metadata or spec",
    ],
    "a name of a field that is not set": [
      { secrets: [{ nameFrom: { fieldPath: "spec.name" }, connectionDetails: [password] }] },
      "input.secrets[0].nameFrom: spec.name of the XDatabase orders is not set: choose a field that is",
    ],
    "a name of a field that is a number": [
      { secrets: [{ nameFrom: { fieldPath: "spec.size" }, connectionDetails: [password] }] },
      "input.secrets[0].nameFrom: spec.size of the XDatabase orders is not a text: choose a field that is",
    ],
    "a name that no object can have": [
      inputOf([password], { name: "../other/db" }),
      'input.secrets[0].name "../other/db" is not a name: use lower-case letters, digits, dashes and dots',
    ],
    "two Secrets of one name": [
      {
        secrets: [
          { name: "orders-db", connectionDetails: [password] },
          { nameFrom: { fieldPath: "spec.secretName" }, connectionDetails: [password] },
        ],
      },
      "input.secrets[1]: orders-db is already the Secret of input.secrets[0]: choose another",
    ],
    "a Secret without keys": [inputOf([]), "input.secrets[0].connectionDetails "],
    "a key twice": [inputOf([password, password]), `input.secrets[0].connectionDetails[1] must not repeat name`],
    "a key that no Secret can have": [inputOf([{ ...password, name: "a/b" }]), `${first}.name`],
    "an unknown type": [inputOf([detail({ type: "FromSecret" })]), `${first}.type`],
    "a detail without its field": [
      inputOf([detail({ type: "FromFieldPath" })]),
      `${first} (key): FromFieldPath needs resource; ${first} (key): FromFieldPath needs fromFieldPath`,
    ],
    "a detail with another's field": [
      inputOf([detail({ type: "FromValue", value: "x", resource: "instance" })]),
      `${first} (key): resource is not for FromValue; leave it out`,
    ],
    "a field path that cannot be read": [
      inputOf([field("status..x")]),
      `${first}.fromFieldPath: cannot read the field path status..x: there are two dots at 6`,
    ],
    "a field of the XR that is none": [
      inputOf([detail({ type: "FromCompositeFieldPath", fromFieldPath: "size" })]),
      `${first}.fromFieldPath size begins with size: choose a field of the XR's metadata or spec or status`,
    ],
    "connection details of a namespaced XR": [
      { secrets: [], connectionDetails: [password] },
      "input.connectionDetails: the XDatabase orders is namespaced, and such an XR publishes none itself: list them in secrets",
    ],
  };
  test.each(Object.entries(cases))("%s", (_, [input, message]) => {
    const { message: said, resources } = publish(input);
    expect(said).toContain(message);
    expect(resources).toEqual({});
  });

  test("a Secret of an XR that has no namespace", () => {
    const { message } = publish(inputOf([password]), { xr: legacy });
    expect(message).toBe(
      "input.secrets: the XLegacyDatabase orders-x7k2p is cluster-scoped and was not made by a claim, so it has no namespace to publish a Secret in: offer a namespaced XR or a claim",
    );
  });
});
