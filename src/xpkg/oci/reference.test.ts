import { describe, expect, test } from "vitest";
import { parseReference, schemesOf } from "./reference.js";

const digest = `sha256:${"a".repeat(64)}`;

describe("a reference", () => {
  const read: Record<string, { text: string; is: string; reason: string }> = {
    whole: { text: "ghcr.io/acme/app:v1", is: "ghcr.io acme/app v1", reason: "as it is written" },
    "without a tag": { text: "ghcr.io/acme/app", is: "ghcr.io acme/app latest", reason: "docker's default" },
    "with a digest": {
      text: `ghcr.io/acme/app@${digest}`,
      is: `ghcr.io acme/app ${digest}`,
      reason: "no tag is meant",
    },
    "with both": {
      text: `ghcr.io/acme/app:v1@${digest}`,
      is: `ghcr.io acme/app ${digest}`,
      reason: "the digest counts",
    },
    "with a port": { text: "127.0.0.1:5000/app:v1", is: "127.0.0.1:5000 app v1", reason: "the colon is not a tag's" },
    "with a port, and no tag": { text: "localhost:5000/app", is: "localhost:5000 app latest", reason: "likewise" },
    "of localhost": { text: "localhost/app", is: "localhost app latest", reason: "a host without a dot" },
    "of IPv6": { text: "[::1]:5000/app", is: "[::1]:5000 app latest", reason: "brackets are a host's" },
    "of Docker Hub": { text: "acme/app", is: "index.docker.io acme/app latest", reason: "acme is no host" },
    "of Docker's own": { text: "node:24", is: "index.docker.io library/node 24", reason: "official images" },
    "of docker.io": { text: "docker.io/node:24", is: "index.docker.io library/node 24", reason: "its other name" },
    "deep down": {
      text: "gcr.io/distroless/nodejs24-debian13/x",
      is: "gcr.io distroless/nodejs24-debian13/x latest",
      reason: "",
    },
  };
  test.each(Object.entries(read))("is read: %s", (_, { text, is }) => {
    const { registry, repository, identifier, text: whole } = parseReference(text);
    expect(`${registry} ${repository} ${identifier}`).toBe(is);
    expect(parseReference(whole)).toEqual(parseReference(text));
  });

  const refused: Record<string, { text: string; error: string; reason: string }> = {
    empty: { text: "", error: "the repository has to be names", reason: "nothing is named" },
    "in capitals": {
      text: "ghcr.io/Acme/app",
      error: "Acme/app has to be names of lowercase",
      reason: "as the specification",
    },
    "without a repository": { text: "ghcr.io/", error: "the repository has to be names", reason: "a host alone" },
    "with an empty tag": { text: "ghcr.io/a/b:", error: 'the tag "" has to be', reason: "something was left out" },
    "with a space": { text: "ghcr.io/a/b:v 1", error: 'the tag "v 1"', reason: "no tag has one" },
    "with a cut digest": {
      text: "ghcr.io/a/b@sha256:abc",
      error: "the digest has to be sha256:",
      reason: "a copy failed",
    },
    "with two digests": { text: `a@${digest}@${digest}`, error: "the digest has to be sha256:", reason: "which one" },
    "that is a URL": { text: "https://ghcr.io/a/b", error: "https: is no host", reason: "a reference is none" },
    "that climbs": { text: "ghcr.io/a/../b", error: "a/../b has to be names", reason: "it becomes part of a path" },
  };
  test.each(Object.entries(refused))("is refused: %s", (_, { text, error }) => {
    expect(() => parseReference(text)).toThrow(error);
  });
});

describe("a registry", () => {
  const plain = [
    "localhost:5000",
    "registry.localhost:5000",
    "127.0.0.1:5000",
    "[::1]:5000",
    "10.1.2.3:5000",
    "172.16.0.9",
    "192.168.1.1",
  ];
  test.each(plain)("may do without TLS: %s", (registry) => {
    expect(schemesOf(registry)).toEqual(["https", "http"]);
  });

  const never = [
    "ghcr.io",
    "index.docker.io",
    "localhost.example.org",
    "127.0.0.1.example.org",
    "10.example.org",
    "172.32.0.1",
    "8.8.8.8",
  ];
  test.each(never)("may not: %s", (registry) => {
    expect(schemesOf(registry)).toEqual(["https"]);
  });
});
