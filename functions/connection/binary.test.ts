import { runner } from "trimtab/serve";
import { decodeRequest, encodeRequest, Severity } from "trimtab/wire";
import { expect, test } from "vitest";
import { connection } from "./function.js";

// Over the wire, where connection details are bytes: a keystore must come out as it went in.

const keystore = Uint8Array.from([0xfe, 0xed, 0xfe, 0xed, 0x00, 0xff, 0x80]);
const detail = {
  name: "keystore",
  type: "FromConnectionSecretKey",
  resource: "certificate",
  fromConnectionSecretKey: "keystore.jks",
};

const answer = (metadata: object, input: object) =>
  runner(connection)(
    decodeRequest(
      encodeRequest({
        observed: {
          composite: { resource: { apiVersion: "example.org/v1", kind: "X", metadata: { uid: "1", ...metadata } } },
          resources: {
            certificate: {
              resource: { apiVersion: "example.org/v1", kind: "Certificate", metadata: { name: "c" } },
              connectionDetails: { "keystore.jks": keystore },
            },
          },
        },
        input: input as never,
        // Crossplane has looked for a Secret of that name, and there is none.
        requiredResources: { "v1/Secret/shop/tls": { items: [] } },
      }),
    ),
  );

test("a Secret has the bytes that were published", () => {
  const input = { secrets: [{ name: "tls", connectionDetails: [detail] }] };
  const { desired } = answer({ name: "x", namespace: "shop" }, input);
  expect(desired?.resources["secrets/tls/secret"]?.resource).toMatchObject({
    data: { keystore: Buffer.from(keystore).toString("base64") },
  });
});

test("an XR, whose connection details are text, publishes none", () => {
  const { results } = answer({ name: "x" }, { secrets: [], connectionDetails: [detail] });
  expect(results).toMatchObject([
    {
      severity: Severity.Fatal,
      message: "input.connectionDetails: keystore is binary, which an XR cannot publish: publish it in one of secrets",
    },
  ]);
});
