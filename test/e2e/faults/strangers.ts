import { join } from "node:path";
import { X509Certificate } from "@peculiar/x509";
import { type Certificates, readCertificates } from "../../../src/runtime/certificates.js";
import { type Init, type RunFunctionRequest } from "../../../src/wire/index.js";
import { type Authority, certificateAuthority } from "../../support/certificates.js";
import { type ClientOptions } from "../../support/function-client.js";
import { repository } from "../../support/repository.js";
import { objectIn } from "../../support/yaml-objects.js";

/** Somebody who may not call a function, and what the function has to say about it. */
export interface Stranger {
  readonly name: string;
  readonly options: ClientOptions;
  readonly says: string;
}

/** All of them trust the function, and pretend to be Crossplane as far as they can. */
export async function strangers(folder: string, own: Certificates, authority: Authority): Promise<readonly Stranger[]> {
  const { subject } = new X509Certificate(own.authority.toString("utf8"));
  const other = await certificateAuthority(join(folder, "other"), { subject });
  const foreign = readCertificates(await other.sign("client", { uses: ["client"] }));
  const yesterday = new Date(Date.now() - 1000);
  const expired = readCertificates(await authority.sign("expired", { notAfter: yesterday, uses: ["client"] }));
  const isTrusting = true;
  return [
    { name: "plain text", options: {}, says: "it spoke plain text; Crossplane connects with TLS" },
    {
      name: "no certificate",
      options: { as: { none: own }, isTrusting },
      says: "it showed no certificate; Crossplane has one that its authority signed for clients",
    },
    {
      name: "a certificate of another authority of the same name",
      options: { as: { ...foreign, authority: own.authority }, isTrusting },
      says: "its certificate is not signed by an authority of ca.crt",
    },
    {
      name: "an expired certificate",
      options: { as: expired, isTrusting },
      says: "its certificate has expired, or is not valid yet",
    },
  ];
}

/** What Crossplane asks about an XBucket that is new. */
export function requestOf(name: string): Init<RunFunctionRequest> {
  const xr = objectIn(join(repository, "examples/minimal/xr.yaml"));
  const composition = objectIn(join(repository, "compositions/xbucket.yaml"));
  const { pipeline } = composition.spec as { readonly pipeline: readonly { readonly input: never }[] };
  const resource = { ...xr, metadata: { ...xr.metadata, name, uid: "11111111-2222-4333-8444-555555555555" } };
  return { meta: { tag: name }, input: pipeline[0]?.input, observed: { composite: { resource: resource as never } } };
}

/** What a function warns of in its log, in which its pod has something to say, too. */
export function warningsIn(log: string): readonly string[] {
  const lines = log.split("\n").filter((line) => line.startsWith("{"));
  return lines
    .map((line) => JSON.parse(line) as { readonly level: string; readonly msg: string })
    .filter(({ level }) => level === "warn")
    .map(({ msg }) => msg);
}
