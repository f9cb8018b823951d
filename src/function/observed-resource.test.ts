import { describe, expect, test } from "vitest";
import { encodeBase64 } from "../resource/base64.js";
import { type Resource } from "../resource/resource.js";
import { everyResource, observedResource } from "./observed-resource.js";

const resource = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "c" } } satisfies Resource;

describe("connection details", () => {
  const binary = { keystore: encodeBase64(Uint8Array.from([0xff, 0x00])) };
  const seen = observedResource({ resource, connection: { user: "u" }, binary }, () => true);

  test("that are text are read as text", () => {
    expect(seen.connection["user"]).toBe("u");
    expect({ ...seen.connection }).toEqual({ user: "u" });
  });
  test("that are none are refused as text, rather than corrupted", () => {
    expect(() => seen.connection["keystore"]).toThrow(
      "cannot read the connection detail keystore as text: it is binary; take it from connectionData",
    );
  });
  test("are all there as a Secret has them", () => {
    expect(seen.connectionData).toEqual({ user: encodeBase64("u"), keystore: "/wA=" });
  });
});

describe("whether what another step composed is ready", () => {
  const withReady = { ...resource, status: { conditions: [{ type: "Ready", status: "True" }] } };
  const cases = {
    "its step says so": { resource, said: true, ready: true },
    "its step says that it is not": { resource: withReady, said: false, ready: false },
    "by its conditions": { resource: withReady, said: undefined, ready: true },
    "not without conditions": { resource, said: undefined, ready: false },
  };
  test.each(Object.entries(cases))("%s", (_, { resource, said, ready }) => {
    const desired = { ready: said === undefined ? {} : { it: said } };
    const others = everyResource({ xr: resource, observed: { it: { resource } }, desired });
    expect(others("it").ready).toBe(ready);
  });
});
