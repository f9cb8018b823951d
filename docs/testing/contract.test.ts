import { givenOf } from "trimtab/testing";
import { describeFunction } from "trimtab/testing/vitest";
import { archive } from "../tutorial/archive.js";

const xr = { metadata: { namespace: "records", name: "letters" }, spec: { region: "eu-west-1", ownKey: true } };
const input = { regions: ["eu-west-1"] };
const bucket = { status: { atProvider: { arn: "arn:aws:s3:::letters" } } };

describeFunction("archive", archive, [
  givenOf(archive, { xr, input }),
  givenOf(archive, { xr, input, observed: { bucket, key: {}, encryption: {} } }),
]);
