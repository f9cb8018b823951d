import { describe, expect, test } from "vitest";
import { bucketNameProblem } from "./bucket-name.js";

describe("a bucket's name that S3 takes", () => {
  test.each(["abc", "a".repeat(63), "1-a", "receipts-2024", "a--b", "ban", "x-an-y"])("%s", (name) =>
    expect(bucketNameProblem(name)).toBeUndefined(),
  );
});

describe("a bucket's name that is refused", () => {
  const cases = {
    "too short": { name: "ab", says: "is too short" },
    empty: { name: "", says: "is too short" },
    "too long": { name: "a".repeat(64), says: "is too long" },
    "upper case": { name: "Receipts", says: "does not take" },
    underscore: { name: "a_b", says: "does not take" },
    wildcard: { name: "receipts*", says: "does not take" },
    "line end": { name: "receipts\n", says: "does not take" },
    "dash first": { name: "-receipts", says: "must begin and end" },
    "dash last": { name: "receipts-", says: "must begin and end" },
    "two dots": { name: "a..b", says: "two dots" },
    "IP address": { name: "192.168.0.1", says: "IP address" },
    dot: { name: "a.b", says: "holds a dot" },
    punycode: { name: "xn--a", says: 'begins with "xn--"' },
    sthree: { name: "sthree-a", says: 'begins with "sthree-"' },
    demo: { name: "amzn-s3-demo-bucket", says: 'begins with "amzn-s3-demo-"' },
    alias: { name: "a-s3alias", says: 'ends in "-s3alias"' },
    "object lambda": { name: "a--ol-s3", says: 'ends in "--ol-s3"' },
    "multi-region": { name: "abc.mrap", says: 'ends in ".mrap"' },
    directory: { name: "a--x-s3", says: 'ends in "--x-s3"' },
    table: { name: "a--table-s3", says: 'ends in "--table-s3"' },
    "account regional": { name: "receipts-an", says: 'ends in "-an"' },
  };
  test.each(Object.entries(cases))("%s", (_, { name, says }) => {
    expect(bucketNameProblem(name)).toContain(`bucket name ${JSON.stringify(name)} `);
    expect(bucketNameProblem(name)).toContain(says);
  });
});
