import { describe, expect, test } from "vitest";
import { decodeRequest, encodeRequest, Ready } from "../wire/index.js";
import { toRequest } from "./to-request.js";

const resource = { apiVersion: "example.org/v1", kind: "X", metadata: { name: "x" } };
const bytes = (...values: number[]) => Uint8Array.from(values);
const request = (from: Parameters<typeof encodeRequest>[0]) => toRequest(decodeRequest(encodeRequest(from)));

describe("connection details", () => {
  const connectionDetails = { text: Buffer.from("grüße"), none: bytes(), binary: bytes(0xff, 0x00, 0x80) };
  const { observed, ...rest } = request({
    observed: { composite: { resource, connectionDetails }, resources: { it: { resource, connectionDetails } } },
  });

  test("are text where they are UTF-8, and else base64", () => {
    expect(observed["it"]).toEqual({
      resource,
      connection: { text: "grüße", none: "" },
      binary: { binary: "/wCA" },
    });
  });
  test("of the XR are those that are text, since what is kept of them is sent again", () => {
    expect(rest.connectionDetails).toEqual({ text: "grüße", none: "" });
  });
});

test("what earlier steps say of readiness is known, and what they leave open is not", () => {
  const { desired } = request({
    observed: { composite: { resource } },
    desired: { resources: { yes: { ready: Ready.True }, no: { ready: Ready.False }, open: {} } },
  });
  expect(desired?.ready).toEqual({ yes: true, no: false });
});
