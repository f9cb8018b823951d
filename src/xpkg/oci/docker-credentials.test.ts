import { chmodSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/support/temporary-folder.js";
import { type Credential } from "./credentials.js";
import { dockerCredentials } from "./docker-credentials.js";

const me = { username: "me", password: "a:b" };
const auth = Buffer.from("me:a:b").toString("base64");

const found: Record<string, { config: object; of: string; is: Credential | undefined; reason: string }> = {
  "by host": {
    config: { auths: { "ghcr.io": { auth } } },
    of: "ghcr.io/acme/app",
    is: me,
    reason: "docker login writes so",
  },
  "by host and port": {
    config: { auths: { "localhost:5000": { auth } } },
    of: "localhost:5000/app",
    is: me,
    reason: "",
  },
  "by URL": {
    config: { auths: { "https://ghcr.io/v2/": { auth } } },
    of: "ghcr.io/acme/app",
    is: me,
    reason: "docker wrote so",
  },
  "of Docker Hub": {
    config: { auths: { "https://index.docker.io/v1/": { auth } } },
    of: "index.docker.io/acme/app",
    is: me,
    reason: "the only URL that docker still writes",
  },
  "of a repository before its host's": {
    config: { auths: { "ghcr.io": { auth: "eDp5" }, "ghcr.io/acme": { auth } } },
    of: "ghcr.io/acme/app",
    is: me,
    reason: "podman has them",
  },
  "in two fields": { config: { auths: { "ghcr.io": me } }, of: "ghcr.io/a", is: me, reason: "older files" },
  "as an identity token": {
    config: { auths: { "ghcr.io": { auth: "", identitytoken: "t" } } },
    of: "ghcr.io/a",
    is: { identityToken: "t" },
    reason: "what a token server gave",
  },
  "as a registry's token": {
    config: { auths: { "ghcr.io": { registrytoken: "t" } } },
    of: "ghcr.io/a",
    is: { registryToken: "t" },
    reason: "",
  },
  "not, for another host": {
    config: { auths: { "ghcr.io": { auth } } },
    of: "quay.io/a",
    is: undefined,
    reason: "nobody's",
  },
  "not, for a host with that ending": {
    config: { auths: { "cr.io": { auth } } },
    of: "ghcr.io/a",
    is: undefined,
    reason: "nobody's",
  },
  "by a helper": {
    config: { credsStore: "test" },
    of: "ghcr.io/a",
    is: { username: "helped", password: "ghcr.io" },
    reason: "Docker Desktop",
  },
  "by a helper for the host": {
    config: { credsStore: "absent", credHelpers: { "ghcr.io": "test" } },
    of: "ghcr.io/a",
    is: { username: "helped", password: "ghcr.io" },
    reason: "clouds have one each",
  },
  "by a helper, as an identity token": {
    config: { credsStore: "test" },
    of: "token.io/a",
    is: { identityToken: "token.io" },
    reason: "user <token>",
  },
  "in the file, where the helper has none": {
    config: { credsStore: "test", auths: { "none.io": { auth } } },
    of: "none.io/a",
    is: me,
    reason: "written before there was a helper",
  },
};

test.each(Object.entries(found))("credentials are found: %s", async (_, { config, of, is }) => {
  expect(await find(config, of)).toEqual(is);
});

const failing: Record<string, { config: object | string; of: string; error: string; reason: string }> = {
  "no JSON": { config: '{"auths": hush', of: "ghcr.io/a", error: "it is no JSON", reason: "an editor's error" },
  "no base64": {
    config: { auths: { "ghcr.io": { auth: "hush" } } },
    of: "ghcr.io/a",
    error: "auth is no user:password",
    reason: "",
  },
  "no helper": {
    config: { credsStore: "absent" },
    of: "ghcr.io/a",
    error: "docker-credential-absent does not start: no such file",
    reason: "",
  },
  "a helper that fails": {
    config: { credsStore: "test" },
    of: "fail.io/a",
    error: "docker-credential-test exited with 3",
    reason: "a locked keychain",
  },
  "a helper that says nothing": {
    config: { credsStore: "test" },
    of: "silent.io/a",
    error: "printed no JSON",
    reason: "another program",
  },
};

test.each(Object.entries(failing))("it is an error, without what is secret: %s", async (_, { config, of, error }) => {
  const failure = await find(config, of).then(String, String);
  expect(failure).toContain(error);
  expect(failure).not.toContain("hush");
});

describe("the file", () => {
  const auths = JSON.stringify({ auths: { "ghcr.io": { auth } } });
  const places: Record<string, { path: string; env: (folder: string) => Record<string, string>; reason: string }> = {
    "of the home": { path: ".docker/config.json", env: () => ({}), reason: "docker's default" },
    "of DOCKER_CONFIG": {
      path: "d/config.json",
      env: (folder) => ({ DOCKER_CONFIG: join(folder, "d") }),
      reason: "docker's variable",
    },
    "of REGISTRY_AUTH_FILE": {
      path: "p.json",
      env: (folder) => ({ REGISTRY_AUTH_FILE: join(folder, "p.json") }),
      reason: "podman's",
    },
    "of XDG_RUNTIME_DIR": {
      path: "r/containers/auth.json",
      env: (folder) => ({ XDG_RUNTIME_DIR: join(folder, "r") }),
      reason: "podman's default",
    },
    "of .config": { path: ".config/containers/auth.json", env: () => ({}), reason: "podman's, kept over a restart" },
  };
  test.each(Object.entries(places))("is the one %s", async (_, { path, env }) => {
    const home = temporaryFolder({ [path]: auths });
    const credentials = dockerCredentials({ env: env(home), home });
    expect(credentials.source).toBe(join(home, path));
    expect(await credentials.find("ghcr.io", "a")).toEqual(me);
  });

  test("need not be there", async () => {
    const home = temporaryFolder();
    const credentials = dockerCredentials({ env: {}, home });
    expect(credentials.source).toBe(join(home, ".docker/config.json"));
    expect(await credentials.find("ghcr.io", "a")).toBeUndefined();
  });
});

/** What a helper answers, by the server that it is asked for. */
const HELPER = `#!/bin/sh
read -r server
case "$server" in
  none.io) echo "credentials not found in native keychain"; exit 1 ;;
  fail.io) echo "hush"; exit 3 ;;
  silent.io) exit 0 ;;
  token.io) echo '{"ServerURL":"token.io","Username":"<token>","Secret":"token.io"}' ;;
  *) echo "{\\"ServerURL\\":\\"$server\\",\\"Username\\":\\"helped\\",\\"Secret\\":\\"$server\\"}" ;;
esac
`;

async function find(config: object | string, of: string): Promise<Credential | undefined> {
  const text = typeof config === "string" ? config : JSON.stringify(config);
  const folder = temporaryFolder({ "config.json": text, "bin/docker-credential-test": HELPER });
  chmodSync(join(folder, "bin/docker-credential-test"), 0o755);
  const env = { DOCKER_CONFIG: folder, PATH: `${join(folder, "bin")}:/usr/bin:/bin` };
  const [registry = "", ...repository] = of.split("/");
  return dockerCredentials({ env }).find(registry, repository.join("/"));
}
