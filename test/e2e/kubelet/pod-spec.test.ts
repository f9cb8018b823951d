import { describe, expect, test } from "vitest";
import { containerOf } from "./container.js";
import { type ContainerSpec, type Deployment, newestOf, type PodTemplate } from "./deployment.js";
import { podSpecOf } from "./pod-spec.js";
import { type Container } from "./shim/protocol.js";

const config = {
  Entrypoint: ["/nodejs/bin/node"],
  Cmd: ["/main.js"],
  Env: ["PATH=/nodejs/bin", "EMPTY="],
  User: "65532",
};

describe("the container of a Deployment", () => {
  const cases: Record<
    string,
    { reason: string; container?: Partial<ContainerSpec>; pod?: Partial<PodTemplate["spec"]>; is: Partial<Container> }
  > = {
    "neither command nor args": {
      reason: "the image says both",
      is: { argv: ["/nodejs/bin/node", "/main.js"] },
    },
    args: {
      reason: "args take the place of Cmd",
      container: { args: ["--debug"] },
      is: { argv: ["/nodejs/bin/node", "--debug"] },
    },
    command: {
      reason: "with a command, the image's Cmd is not used",
      container: { command: ["/other"] },
      is: { argv: ["/other"] },
    },
    "no user": {
      reason: "the image's user is taken, and group 0 where it says none",
      is: { uid: 65532, gid: 0 },
    },
    "a user of the pod": {
      reason: "the pod's user takes the place of the image's",
      pod: { securityContext: { runAsUser: 2000, runAsGroup: 3000 } },
      is: { uid: 2000, gid: 3000 },
    },
    "a user of the container": {
      reason: "a container's takes the place of its pod's",
      container: { securityContext: { runAsUser: 1 } },
      pod: { securityContext: { runAsUser: 2000, runAsGroup: 3000 } },
      is: { uid: 1, gid: 3000 },
    },
    env: {
      reason: "a Deployment's env takes the place of the image's",
      container: { env: [{ name: "PATH", value: "/bin" }, { name: "NONE" }] },
      is: { env: { PATH: "/bin", HOME: "/", HOSTNAME: "a-1", EMPTY: "", NONE: "" } },
    },
    fields: {
      reason: "env may take values of the pod",
      container: {
        env: [
          field("LABEL", "metadata.labels['x/y']"),
          field("NS", "metadata.namespace"),
          field("NO", "metadata.annotations['no']"),
        ],
      },
      is: { env: { PATH: "/nodejs/bin", HOME: "/", HOSTNAME: "a-1", EMPTY: "", LABEL: "z", NS: "system", NO: "" } },
    },
    "a Secret": {
      reason: "a Secret is read-only, whether or not its mount says so",
      container: {
        volumeMounts: [
          { name: "tls", mountPath: "/tls" },
          { name: "tmp", mountPath: "/tmp" },
        ],
      },
      pod: {
        volumes: [
          { name: "tls", secret: { secretName: "tls" } },
          { name: "tmp", emptyDir: {} },
        ],
      },
      is: {
        mounts: [
          { path: "/tls", source: "/pod/volumes/tls", readOnly: true },
          { path: "/tmp", source: "/pod/volumes/tmp", readOnly: false },
        ],
      },
    },
  };
  test.each(Object.entries(cases))("%s", (_name, { reason, container, pod, is }) => {
    const made = containerOf(podSpecOf(deployment("a-1", container, pod)), { root: "/image", config }, "/pod");
    expect(made, reason).toMatchObject(is);
    if (is.env) expect(made.env, reason).toEqual(is.env);
  });

  const refused: Record<
    string,
    { reason: string; container?: Partial<ContainerSpec>; image?: object; message: string }
  > = {
    "no command": {
      reason: "there is nothing to run",
      image: { User: "1" },
      message: "it has neither Entrypoint nor Cmd",
    },
    "a name of a user": {
      reason: "kubelet cannot tell whether it is root",
      image: { ...config, User: "node" },
      message: "its user node is not a number",
    },
    "no user": { reason: "it would be root", image: { ...config, User: "" }, message: "it would be root" },
    "a reference to a Secret": {
      reason: "a wrong value would be worse than none",
      container: { env: [{ name: "KEY", valueFrom: { secretKeyRef: {} } as object }] },
      message: "its env KEY is taken from secretKeyRef",
    },
  };
  test.each(Object.entries(refused))("is refused with %s", (_name, { reason, container, image = config, message }) => {
    const make = () => containerOf(podSpecOf(deployment("a-1", container)), { root: "/image", config: image }, "/pod");
    expect(make, reason).toThrow(message);
  });
});

describe("the Deployment to run", () => {
  const cases: Record<string, { reason: string; deployments: readonly Deployment[]; is: readonly string[] }> = {
    "of two revisions": {
      reason: "the newer one, in whichever order they are listed",
      deployments: [at("a-2", "2026-01-01T00:00:02Z"), at("a-1", "2026-01-01T00:00:01Z")],
      is: ["a-2"],
    },
    "that is being deleted": {
      reason: "it is over",
      deployments: [at("a-1", "2026-01-01T00:00:01Z", { deletionTimestamp: "2026-01-01T00:00:02Z" })],
      is: [],
    },
    "of none": {
      reason: "Deployments of others are left alone",
      deployments: [deployment("other", {}, {}, {})],
      is: [],
    },
    "without replicas": { reason: "none are wanted", deployments: [scaled(deployment("a-1"), 0)], is: [] },
  };
  test.each(Object.entries(cases))("%s", (_name, { reason, deployments, is }) => {
    expect(
      [...newestOf(deployments).values()].map(({ metadata }) => metadata.name),
      reason,
    ).toEqual(is);
  });
});

function deployment(
  name: string,
  container: Partial<ContainerSpec> = {},
  pod: Partial<PodTemplate["spec"]> = {},
  labels: Readonly<Record<string, string>> = { "pkg.crossplane.io/function": "a", "x/y": "z" },
): Deployment {
  return {
    metadata: { name, namespace: "system", generation: 1, creationTimestamp: "2026-01-01T00:00:00Z" },
    spec: {
      replicas: 1,
      template: { metadata: { labels }, spec: { ...pod, containers: [{ image: "127.0.0.1:1/a:v1", ...container }] } },
    },
  };
}

function at(name: string, creationTimestamp: string, more: Partial<Deployment["metadata"]> = {}): Deployment {
  const made = deployment(name);
  return { ...made, metadata: { ...made.metadata, creationTimestamp, ...more } };
}

function scaled(made: Deployment, replicas: number): Deployment {
  return { ...made, spec: { ...made.spec, replicas } };
}

function field(name: string, fieldPath: string) {
  return { name, valueFrom: { fieldRef: { fieldPath } } };
}
