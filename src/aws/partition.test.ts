import { describe, expect, test } from "vitest";
import { partitionOf, regionProblem, s3Endpoint } from "./partition.js";

describe("a region's partition and endpoint", () => {
  const cases = {
    commercial: { region: "eu-west-1", partition: "aws", endpoint: "https://s3.eu-west-1.amazonaws.com" },
    "two-letter area with a long name": {
      region: "ap-southeast-2",
      partition: "aws",
      endpoint: "https://s3.ap-southeast-2.amazonaws.com",
    },
    China: { region: "cn-north-1", partition: "aws-cn", endpoint: "https://s3.cn-north-1.amazonaws.com.cn" },
    GovCloud: {
      region: "us-gov-west-1",
      partition: "aws-us-gov",
      endpoint: "https://s3.us-gov-west-1.amazonaws.com",
    },
    "European Sovereign Cloud": {
      region: "eusc-de-east-1",
      partition: "aws-eusc",
      endpoint: "https://s3.eusc-de-east-1.amazonaws.eu",
    },
  } as const;
  test.each(Object.entries(cases))("%s", (_, { region, partition, endpoint }) => {
    expect(partitionOf(region)).toBe(partition);
    expect(s3Endpoint(region)).toBe(endpoint);
  });
});

describe("what is no region is refused, so that no endpoint leads elsewhere", () => {
  test.each([
    "",
    "eu-west",
    "EU-WEST-1",
    "eu-west-1.example.org/",
    "eu-west-1\n",
    "*",
    "us-iso-east-1",
    "us-isob-east-1",
  ])("%j", (region) => {
    expect(regionProblem(region)).toContain(JSON.stringify(region));
    expect(() => s3Endpoint(region)).toThrow("cannot tell the partition: region ");
  });
});
