import { describe, expect, test } from "vitest";
import { keyArnProblem } from "./key-arn.js";

const key = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

test.each([key, "arn:aws:kms:eu-west-1:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab"])("%s passes", (arn) =>
  expect(keyArnProblem(arn, "eu-west-1")).toBeUndefined(),
);

describe("what is not one key of the bucket's region is refused", () => {
  const cases = {
    "any key": { arn: "arn:aws:kms:eu-west-1:123456789012:key/*", says: "does not name one key" },
    "an alias": { arn: "arn:aws:kms:eu-west-1:123456789012:alias/a", says: "does not name one key" },
    "any region": { arn: "arn:aws:kms:*:123456789012:key/a", says: "does not name one key" },
    "an id alone": { arn: "1234abcd-12ab-34cd-56ef-1234567890ab", says: "does not name one key" },
    "an unknown partition": { arn: key.replace("arn:aws:", "arn:aws-x:"), says: 'partition "aws-x" is unknown' },
    "another region": { arn: key.replace("eu-west-1", "eu-west-2"), says: "is of region eu-west-2" },
  };
  test.each(Object.entries(cases))("%s", (_, { arn, says }) => {
    expect(keyArnProblem(arn, "eu-west-1")).toContain(says);
  });
});
