import { writeFile } from "node:fs/promises";
import { stringify } from "yaml";
import { type ApiAddress } from "../../cluster/transport.js";

/** Writes the kubeconfig by which a program logs in. Returns its path. */
export async function writeKubeconfig(path: string, { url, ca, token }: ApiAddress): Promise<string> {
  const name = "trimtab";
  const config = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name, cluster: { server: url, "certificate-authority-data": Buffer.from(ca).toString("base64") } }],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    "current-context": name,
  };
  await writeFile(path, stringify(config), { mode: 0o600 });
  return path;
}
