import { X509Certificate } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Resource } from "../../src/resource/resource.js";
import { type Certificates, readCertificates } from "../../src/runtime/certificates.js";
import { type Stored } from "../cluster/client.js";
import { isServing } from "../cluster/transport.js";
import { asOrdered, lineOf } from "../scenarios/lines.js";
import { scenarios } from "../scenarios/scenario.js";
import { type Authority } from "../support/certificates.js";
import { callFunction } from "../support/function-client.js";
import { providerCRDsFor } from "../support/provider-crds.js";
import { type StandInCloud } from "./cloud/stand-in-cloud.js";
import { conditionsTrue, eventually } from "./control-plane/condition.js";
import { healthOf, SERVING, servedFingerprint } from "./faults/at-the-door.js";
import { crossplaneCertificates, tlsData, tlsSecret } from "./faults/crossplane-certificates.js";
import { type Guard, startGuard } from "./faults/guard.js";
import { NOTES, NOTES_PACKAGE, publishNotes } from "./faults/notes.js";
import { type Recovery, recovery } from "./faults/recovery.js";
import { Services } from "./faults/services.js";
import { requestOf, strangers, warningsIn } from "./faults/strangers.js";
import { unreadBytes } from "./faults/unread.js";
import { type InstalledPlane, installedPlane } from "./installed-plane.js";
import { play, type StageEnds } from "./scenarios/play.js";
import { relocated } from "./scenarios/relocated.js";
import { missingIn, sequencesOf } from "./scenarios/sequence.js";

// What may break, breaks, while services live and their developers ask for more: all comes to be as it was asked for, and
// nothing that a service has is lost on the way. Then, who may call a function at all.

const WHAT = "what breaks on a real control plane";
const BUCKET = "trimtab-function-bucket";
const IDENTITY = "trimtab-function-identity";
/** The cloud is so many times as fast as it says. */
const SPEED = 20;

describe.skipIf(providerCRDsFor(WHAT).length === 0)(WHAT, () => {
  let plane: InstalledPlane;
  let cloud: StandInCloud;
  let services: Services;
  let guard: Guard;
  let own: Certificates;
  let authority: Authority;
  let patience: StandInCloud;
  let unanswered: Promise<StageEnds>;
  let serving: Promise<void> | undefined;

  beforeAll(async () => {
    // In a cloud that is so much faster than AWS, what takes minutes there happens at once, and circuits would open.
    const flags = ["--circuit-breaker-burst=100000"];
    plane = (await installedPlane(WHAT, { net: "127.77.2", flags })) as InstalledPlane;
    ({ own, authority } = await crossplaneCertificates(plane));
    patience = await plane.namespace("patience", { speed: SPEED });
    // Crossplane gives up after two minutes. Meanwhile the rest is tested, with another function.
    await plane.kubelet.kill(IDENTITY, "SIGSTOP");
    unanswered = play(STAGES, 0, { ...plane, cloud: patience, namespace: "patience" }, 1000);
    unanswered.catch(() => undefined);
    cloud = await plane.namespace("shop", { speed: SPEED });
    services = new Services(plane, "shop", cloud);
    await services.ask();
    await services.settled();
    guard = startGuard(plane, "shop", cloud);
  });
  afterAll(async () => {
    guard?.stop();
    await plane?.stop();
  });

  test("a provider that blanks its status and empties its Secret", async () => {
    await recovered("a provider that blanked its status", async (part) => {
      cloud.setFaults([
        { on: { resource: "*" }, fault: "blank-status" },
        { on: { kind: "AccessKey" }, fault: "empty-secret" },
      ]);
      await eventually("all to be blank", () => services.reported().length === 0, {
        instead: () => services.reported().join(),
      });
      const added = await services.ask();
      await eventually("what is new to be composed", () => services.composed(added).length > 0);
      part("blank");
      cloud.setFaults([]);
    });
  });

  test("Secrets that somebody deletes or edits", async () => {
    const { client } = plane;
    const edited = { AWS_SECRET_ACCESS_KEY: null, BUCKET_NAME: "", bucket: Buffer.from("theirs").toString("base64") };
    const steps = async (part: Recovery["part"]) => {
      await client.delete(secret("orders-api"));
      await client.merge(secret("exports-sftp"), { data: edited }, { manager: "somebody" });
      await eventually("it to be seen", () => services.lacking().length > 0);
      await services.settled();
      part("back");
      // Crossplane does not watch a claim's own, which comes back once anything of the claim changes.
      await client.delete(secret("invoices-connection"));
      await eventually("it to be seen", () => services.lacking().length > 0);
      await client.merge(CLAIM, { metadata: { annotations: { "example.org/again": "please" } } });
      await services.settled();
      part("a claim's own back");
      await services.ask();
    };
    await recovered("Secrets that somebody had changed by hand", steps, BY_HAND);
  });

  test("a function that is killed in the middle of a call", async () => {
    const { kubelet } = plane;
    await recovered("a function killed in mid-call", async (part) => {
      const { pid = 0 } = kubelet.pod(BUCKET) ?? {};
      await kubelet.kill(BUCKET, "SIGSTOP");
      await services.ask();
      await eventually("a call", () => unreadBytes(pid, 9443) > A_REQUEST);
      part("call under way");
      await kubelet.kill(BUCKET);
      await eventually("it to listen again", () => kubelet.pod(BUCKET)?.isReady);
      part("listening again");
    });
  });

  test("new certificates, by reload and by a restart", async () => {
    const { client, kubelet } = plane;
    await recovered("new certificates", async (part) => {
      const dnsNames = [`${BUCKET}.crossplane-system`];
      const renewed = readCertificates(await authority.sign("renewed", { uses: ["server"], dnsNames }));
      const { fingerprint256 } = new X509Certificate(renewed.certificate);
      const { pid, address = "" } = kubelet.pod(BUCKET) ?? {};
      expect(await servedFingerprint(address, own)).not.toBe(fingerprint256);
      await client.merge(tlsSecret(`${BUCKET}-tls-server`), { data: tlsData(renewed) });
      await services.ask();
      await eventually("the new one", async () => (await servedFingerprint(address, own)) === fingerprint256);
      await services.settled();
      part("reloaded");
      expect(kubelet.pod(BUCKET)?.pid).toBe(pid);
      await kubelet.kill(BUCKET);
      await services.ask();
      await eventually("it to listen again", () => kubelet.pod(BUCKET)?.isReady);
      part("restarted");
      expect(await servedFingerprint(address, own)).toBe(fingerprint256);
    });
  });

  test("an API server that is killed", async () => {
    const { server } = plane.apiServer;
    await recovered("a killed API server", async (part) => {
      await server.kill();
      const asked = services.ask();
      asked.catch(() => undefined);
      // It takes requests long before it says that it is ready.
      serving = server.start();
      serving.catch(() => undefined);
      await asked;
      part("changes taken");
    });
  });

  test("a registry that is gone", async () => {
    const { client, registry, kubelet } = plane;
    await publishNotes(registry.host);
    await recovered("a registry that was gone", async (part) => {
      await registry.server.kill();
      await client.apply({ ...NOTES, spec: { package: NOTES_PACKAGE } } as Resource);
      // Its image is on the node.
      await kubelet.kill(BUCKET);
      await services.ask();
      await services.settled();
      part("all Ready without");
      const why = await eventually("the installation to fail", async () => said(await client.read(NOTES), "Installed"));
      expect(why).toMatch(/connection refused/);
      await registry.server.start();
      part("serving again");
      await conditionsTrue(client, NOTES, ["Installed", "Healthy"], 120);
      part("installed");
    });
  });

  test("who may not call is refused, and that is said once", async () => {
    const { address = "" } = plane.kubelet.pod(BUCKET) ?? {};
    const before = plane.kubelet.log(BUCKET).length;
    const refused = await strangers(plane.folder, own, authority);
    for (const { name, options } of refused) {
      for (const _ of [1, 2, 3, 4, 5]) {
        const call = callFunction(`${address}:9443`, requestOf("stranger"), options);
        await expect(call, name).rejects.toMatchObject({ code: UNAVAILABLE });
      }
    }
    const warnings = () => warningsIn(plane.kubelet.log(BUCKET).slice(before));
    await eventually("all to be said", () => warnings().length >= refused.length);
    expect(warnings()).toEqual(refused.map(({ says }) => `refused a client: ${says}`));
  });

  test("Crossplane may call, and ask how a function is", async () => {
    const { address = "" } = plane.kubelet.pod(BUCKET) ?? {};
    const options = { as: own, isTrusting: true };
    const { desired, results } = await callFunction(`${address}:9443`, requestOf("no-stranger"), options);
    expect(Object.keys(desired?.resources ?? {}), JSON.stringify(results)).toContain("bucket");
    expect(await healthOf(address, own)).toEqual(SERVING);
  });

  test("an etcd that stands still", async () => {
    const { etcd } = plane.apiServer;
    await serving;
    await recovered("an etcd that stood still", async (part) => {
      etcd.pause();
      const asked = services.ask();
      asked.catch(() => undefined);
      try {
        await eventually("an API server that is not ready", async () => !(await isServing(plane.address)));
      } finally {
        etcd.resume();
      }
      part("paused");
      await asked;
      part("changes taken");
    });
  });

  test("a function that does not answer for two minutes", async () => {
    const { client, kubelet } = plane;
    const isGivenUp = async () => /DeadlineExceeded/.test(said(await client.read(RECEIPTS), "Synced") ?? "");
    await eventually("Crossplane to give up", isGivenUp, { seconds: 200 });
    const { part, text } = recovery("a function that had not answered for two minutes");
    await kubelet.kill(IDENTITY, "SIGCONT");
    const { expected, happened, states } = await unanswered;
    part("Ready");
    console.log(text());
    expect(states.real).toEqual(states.simulated);
    expect(missingIn(sequencesOf(happened), expected)).toEqual([]);
    const { order = [] } = STAGES[0]?.expect ?? {};
    const ordered = () => asOrdered(order, patience.recorder.happenings.map(lineOf));
    await eventually("the end of it to be told", () => !ordered().includes("nothing")).catch(() => undefined);
    expect(ordered()).toEqual(order);
  });

  test("a core that is killed", async () => {
    const { crossplane } = plane;
    await recovered("a killed core", async (part) => {
      await crossplane.kill();
      await services.ask();
      await crossplane.start();
      part("up again");
    });
  });

  /** Waits, after something broke, until all is as it was asked for, says how long that took, and that nothing was lost. */
  async function recovered(
    what: string,
    steps: (part: Recovery["part"]) => Promise<void>,
    asked: readonly string[] = [],
  ): Promise<void> {
    const { part, text } = recovery(what);
    await steps(part);
    await services.settled();
    part("all Ready");
    console.log(text());
    expect([...new Set(guard.losses())].sort()).toEqual(asked);
  }
});

const FAILS = scenarios.find(({ name }) => name === "function-fails");
const STAGES = FAILS ? relocated(FAILS, "patience") : [];
const RECEIPTS = {
  apiVersion: "platform.trimtab.dev/v1alpha1",
  kind: "XWorkloadIdentity",
  metadata: { namespace: "patience", name: "receipts-api" },
};

const CLAIM = {
  apiVersion: "platform.trimtab.dev/v1alpha1",
  kind: "XBucketClaim",
  metadata: { namespace: "shop", name: "invoices" },
};

/** What the guard has to say of what a test has done itself. */
const BY_HAND: readonly string[] = [
  "Secret invoices-connection is gone",
  "Secret orders-api is gone",
  "Secret orders-api is not the same any more",
  "admin has deleted secrets invoices-connection",
  "admin has deleted secrets orders-api",
  "exports-sftp has another BUCKET_NAME",
  "exports-sftp has another bucket",
  "exports-sftp has got AWS_SECRET_ACCESS_KEY later than the rest",
  "exports-sftp has lost AWS_SECRET_ACCESS_KEY",
  "exports-sftp has nothing in BUCKET_NAME",
  "invoices-connection was deleted",
  "orders-api was deleted",
];

/** No request is shorter, and nothing else that is sent is as long. */
const A_REQUEST = 1000;

/** Of gRPC. */
const UNAVAILABLE = 14;

const secret = (name: string): Resource => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { namespace: "shop", name },
});

const said = ({ status }: Stored, type: string) =>
  status?.conditions?.find((each) => each.type === type && each.status === "False")?.message;
