import { isObject } from "../../../src/render/unstructured.js";
import { type Resource } from "../../../src/resource/resource.js";
import { type JsonObject } from "../../../src/wire/index.js";
import { type Stored } from "../../cluster/client.js";
import { PERSON, type StandInCloud } from "../cloud/stand-in-cloud.js";
import { eventually } from "../control-plane/condition.js";
import { type InstalledPlane } from "../installed-plane.js";
import { patiently } from "./patiently.js";

/**
 * Services with buckets, whose developers go on asking for things: an XBucket of the default credentials, one with access
 * keys, and a claim.
 */
export class Services {
  readonly #plane: InstalledPlane;
  readonly #namespace: string;
  readonly #cloud: StandInCloud;
  /** What was asked for, by kind and name: the generation that the API server gave it. */
  readonly #asked = new Map<string, number>();
  /** The prefix that stands in each Secret, and to which access is given. */
  readonly #prefixes = new Map<string, string>();
  #round = 0;

  constructor(plane: InstalledPlane, namespace: string, cloud: StandInCloud) {
    this.#plane = plane;
    this.#namespace = namespace;
    this.#cloud = cloud;
  }

  /**
   * Asks for something new of each: another prefix in the first XBucket and the claim, one more consumer in the other one,
   * and an XBucket that was not there yet. Goes on asking while the API server is gone. Resolves once all was taken.
   *
   * @returns the name of the new XBucket
   */
  async ask(): Promise<string> {
    this.#round++;
    const added = `new-${this.#round}`;
    const workers = Array.from({ length: this.#round }, (_, index) => `worker-${index + 1}`);
    await Promise.all([
      this.#apply("XBucket", "orders", [this.#consumer("orders-api", this.#round)]),
      this.#apply("XBucket", "exports", [
        { ...this.#consumer("exports-sftp"), credentials: "AccessKey" },
        ...workers.map((worker) => this.#consumer(worker)),
      ]),
      this.#apply("XBucketClaim", "invoices", [this.#consumer("invoices-api", this.#round)], {
        writeConnectionSecretToRef: { name: "invoices-connection" },
      }),
      this.#apply("XBucket", added, [this.#consumer(added)]),
    ]);
    this.#prefixes.set("invoices-connection", this.#prefixes.get("invoices-api") ?? "");
    return added;
  }

  /** Waits until all is there as it was asked for last. @throws Error that says what is not */
  async settled(seconds = 120): Promise<void> {
    await eventually("all to be as it was asked for", () => this.lacking().length === 0, {
      seconds,
      instead: () => this.lacking().join("; "),
    });
  }

  /** What is not as it was asked for: a line for each. */
  lacking(): readonly string[] {
    const objects = this.#objects();
    const find = (kind: string, name: string) =>
      objects.find((object) => object.kind === kind && object.metadata.name === name);
    return [
      ...[...this.#asked].flatMap(([id, generation]) => {
        const [kind = "", name = ""] = id.split("/");
        return unready(find(kind, name), generation).map((what) => `${id} ${what}`);
      }),
      ...[...this.#prefixes].flatMap(([name, prefix]) => [...this.#without(find("Secret", name), name, prefix)]),
    ];
  }

  /** What an XBucket composes. */
  composed(xr: string): readonly Stored[] {
    return this.#objects().filter(({ metadata }) => metadata.labels?.["crossplane.io/composite"] === xr);
  }

  /** The managed resources of which the provider says what it knows. */
  reported(): readonly string[] {
    return this.#objects()
      .filter(({ spec = {}, status = {} }) => "forProvider" in spec && Object.keys(status).length > 0)
      .map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  }

  #objects(): readonly Stored[] {
    return this.#plane.hub.objects().filter(({ metadata }) => metadata.namespace === this.#namespace);
  }

  #consumer(name: string, round = 1): JsonObject {
    const prefix = `${name}-${round}/`;
    this.#prefixes.set(name, prefix);
    return { serviceAccount: name, access: "ReadWrite", prefix, secretName: name };
  }

  async #apply(kind: string, name: string, consumers: readonly JsonObject[], spec: JsonObject = {}): Promise<void> {
    const object = {
      apiVersion: "platform.trimtab.dev/v1alpha1",
      kind,
      metadata: { namespace: this.#namespace, name },
      spec: { region: "eu-west-1", consumers, ...spec },
    };
    const { metadata } = await patiently(`${kind} ${name}`, () =>
      this.#plane.client.apply(object as Resource, { manager: PERSON }),
    );
    this.#asked.set(`${kind}/${name}`, metadata.generation ?? 0);
  }

  *#without(secret: Stored | undefined, name: string, prefix: string): Iterable<string> {
    const data = (secret?.["data"] ?? {}) as Readonly<Record<string, string>>;
    const said = Buffer.from(data["BUCKET_PREFIX"] ?? "", "base64").toString("utf8");
    if (said !== prefix) yield `Secret ${name} says ${JSON.stringify(said)} for ${prefix}`;
    if (!data["BUCKET_NAME"]) yield `Secret ${name} has no bucket`;
    if (name === "exports-sftp" && !data["AWS_SECRET_ACCESS_KEY"]) yield `Secret ${name} has no access key`;
    if (!this.#cloud.externals().some(({ object, parameters }) => grants(object, parameters, prefix))) {
      yield `nobody in the cloud has access to ${prefix}`;
    }
  }
}

function unready(object: Stored | undefined, generation: number): readonly string[] {
  if (!object) return ["is not there"];
  if ((object.metadata.generation ?? 0) < generation) return ["is older than asked for"];
  const conditions = (object.status?.conditions ?? []) as readonly {
    readonly type: string;
    readonly status: string;
    readonly observedGeneration?: number;
    readonly message?: string;
  }[];
  return ["Ready", "Synced"].flatMap((type) => {
    const condition = conditions.find((each) => each.type === type);
    if (condition?.status !== "True") return [`is not ${type}: ${condition?.message ?? ""}`];
    const isOld = (condition.observedGeneration ?? generation) < generation;
    return isOld ? [`is not ${type} as asked for last`] : [];
  });
}

function grants(object: JsonObject, parameters: JsonObject, prefix: string): boolean {
  return object["kind"] === "Policy" && isObject(parameters) && JSON.stringify(parameters).includes(prefix);
}
