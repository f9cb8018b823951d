import { describe, expect, test } from "vitest";
import { type Challenge, parseChallenge } from "./challenge.js";
import { retryAfter } from "./retry.js";
import { type Fetch, send } from "./transport.js";

describe("a redirect", () => {
  const followed: Record<string, { from: string; to: string; sends: string | undefined; reason: string }> = {
    "on the same origin": { from: "https://a.io/x", to: "/y", sends: "secret", reason: "the same registry" },
    "to another host": { from: "https://a.io/x", to: "https://b.io/y", sends: undefined, reason: "a store of blobs" },
    "to another port": {
      from: "https://a.io/x",
      to: "https://a.io:8443/y",
      sends: undefined,
      reason: "another server",
    },
    "to TLS": { from: "http://a.io/x", to: "https://a.io/y", sends: undefined, reason: "another origin" },
  };
  test.each(Object.entries(followed))("is followed: %s", async (_, { from, to, sends }) => {
    const seen: (string | undefined)[] = [];
    const fetch: Fetch = async (url, { headers }) => {
      seen.push(headers?.["authorization"]);
      return url === from ? redirect(to) : new Response("there");
    };
    const response = await send(fetch, { method: "GET", url: new URL(from), headers: { authorization: "secret" } });
    expect(await response.text()).toBe("there");
    expect(seen).toEqual(["secret", sends]);
  });

  const refused: Record<string, { to: string; error: string; reason: string }> = {
    "away from TLS": {
      to: "http://a.io/y",
      error: "a.io redirects to http://a.io, without TLS",
      reason: "anybody could read it",
    },
    "in a circle": { to: "https://a.io/x", error: "a.io redirects more than 5 times", reason: "it would never end" },
  };
  test.each(Object.entries(refused))("is not followed: %s", async (_, { to, error }) => {
    const fetch: Fetch = async () => redirect(to);
    await expect(send(fetch, { method: "GET", url: new URL("https://a.io/x") })).rejects.toThrow(error);
  });
});

const challenges: Record<string, { header: string | null; is: Challenge | undefined; reason: string }> = {
  bearer: {
    header: 'Bearer realm="https://auth.io/token",service="registry.io",scope="repository:a/b:pull,push"',
    is: {
      scheme: "bearer",
      parameters: { realm: "https://auth.io/token", service: "registry.io", scope: "repository:a/b:pull,push" },
    },
    reason: "a comma in quotes parts nothing",
  },
  basic: {
    header: "Basic realm=registry",
    is: { scheme: "basic", parameters: { realm: "registry" } },
    reason: "no quotes",
  },
  "one of two": {
    header: 'Negotiate, Basic realm="a \\"b\\""',
    is: { scheme: "basic", parameters: { realm: 'a "b"' } },
    reason: "the first that can be met",
  },
  "in other spelling": {
    header: 'BEARER Realm = "https://a.io"',
    is: { scheme: "bearer", parameters: { realm: "https://a.io" } },
    reason: "names have no case",
  },
  "none that is known": { header: "Negotiate", is: { scheme: "negotiate", parameters: {} }, reason: "for the error" },
  none: { header: null, is: undefined, reason: "nothing is asked for" },
};
test.each(Object.entries(challenges))("a challenge is read: %s", (_, { header, is }) => {
  expect(parseChallenge(header)).toEqual(is);
});

test("Retry-After is seconds or a date", () => {
  expect(retryAfter("7")).toBe(7000);
  expect(retryAfter(new Date(Date.now() + 60_000).toUTCString())).toBeGreaterThan(50_000);
  expect(retryAfter(new Date(0).toUTCString())).toBe(0);
  expect(retryAfter("soon")).toBeUndefined();
  expect(retryAfter(null)).toBeUndefined();
});

function redirect(location: string): Response {
  return new Response(null, { status: 307, headers: { location } });
}
