import { join } from "node:path";
import { type Certificates } from "../../../src/runtime/certificates.js";
import { type Authority, knownAuthority } from "../../support/certificates.js";
import { type ControlPlane } from "../control-plane/control-plane.js";

/** What Crossplane calls functions with, and the authority that it signs all certificates with. */
export async function crossplaneCertificates({
  client,
  folder,
}: Pick<ControlPlane, "client" | "folder">): Promise<{ readonly own: Certificates; readonly authority: Authority }> {
  const own = await read("crossplane-tls-client");
  const root = await read("crossplane-root-ca");
  const pem = { certificate: text(root["tls.crt"]), key: text(root["tls.key"]) };
  return {
    own: { certificate: bytes(own["tls.crt"]), key: bytes(own["tls.key"]), authority: bytes(own["ca.crt"]) },
    authority: await knownAuthority(join(folder, "signed"), pem),
  };

  async function read(name: string): Promise<Readonly<Record<string, string>>> {
    const { data } = await client.read(tlsSecret(name));
    return data as Readonly<Record<string, string>>;
  }
}

/** A Secret of Crossplane's own namespace. */
export const tlsSecret = (name: string) => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { namespace: "crossplane-system", name },
});

/** As the data of a Secret that a function mounts. */
export function tlsData({ certificate, key, authority }: Certificates): Readonly<Record<string, string>> {
  return {
    "tls.crt": certificate.toString("base64"),
    "tls.key": key.toString("base64"),
    "ca.crt": authority.toString("base64"),
  };
}

const bytes = (base64 = "") => Buffer.from(base64, "base64");
const text = (base64 = "") => bytes(base64).toString("utf8");
