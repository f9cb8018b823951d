import { join } from "node:path";
import { merge } from "../../src/render/merge.js";
import { annotationsOf, COMPOSITION_RESOURCE_NAME, textAt } from "../../src/render/unstructured.js";
import { type Resource } from "../../src/resource/resource.js";
import { type JsonObject } from "../../src/wire/index.js";
import { type Stored } from "../cluster/client.js";
import { repository } from "../support/repository.js";
import { objectIn } from "../support/yaml-objects.js";
import { PERSON } from "./cloud/stand-in-cloud.js";
import { conditionsTrue, eventually } from "./control-plane/condition.js";
import { type InstalledPlane } from "./installed-plane.js";

/** What a developer of a service does and sees, in the service's namespace. */
export class Service {
  readonly #plane: InstalledPlane;
  readonly namespace: string;

  constructor(plane: InstalledPlane, namespace: string) {
    this.#plane = plane;
    this.namespace = namespace;
  }

  /** Applies what is in a file of examples, with something merged over it, in this namespace. */
  async applyExample(file: string, over: JsonObject = {}): Promise<Resource> {
    const written = objectIn(join(repository, "examples", file)) as unknown as JsonObject;
    const object = merge(merge(written, over) as JsonObject, { metadata: { namespace: this.namespace } });
    await this.#plane.client.apply(object as unknown as Resource, { manager: PERSON });
    return object as unknown as Resource;
  }

  async ready(object: Resource, seconds = 120): Promise<Stored> {
    return conditionsTrue(this.#plane.client, object, ["Ready", "Synced"], seconds);
  }

  /** A Secret, once it is there: its keys with what they stand for. */
  async secret(name: string, seconds = 120): Promise<Readonly<Record<string, string>>> {
    const secret = { apiVersion: "v1", kind: "Secret", metadata: { name, namespace: this.namespace } };
    const { data } = await eventually(`the Secret ${name}`, () => this.#plane.client.find(secret), { seconds });
    return Object.fromEntries(
      Object.entries(data as Readonly<Record<string, string>>).map(([key, value]) => [
        key,
        Buffer.from(value, "base64").toString("utf8"),
      ]),
    );
  }

  /** What an XR composes, by composition resource name. */
  composed(xr: string): Readonly<Record<string, Stored>> {
    const found = this.#plane.hub.objects().filter((object) => {
      const labels = object.metadata.labels ?? {};
      return object.metadata.namespace === this.namespace && labels["crossplane.io/composite"] === xr;
    });
    return Object.fromEntries(
      found.flatMap((object) => {
        const name = annotationsOf(object as unknown as JsonObject)[COMPOSITION_RESOURCE_NAME];
        return name === undefined ? [] : [[name, object] as const];
      }),
    );
  }

  /** What an XR composes, by its uid: two that are equal are the same objects. */
  identities(xr: string): Readonly<Record<string, string>> {
    return Object.fromEntries(
      Object.entries(this.composed(xr)).map(([name, { metadata }]) => [name, metadata.uid ?? ""]),
    );
  }

  /** What a condition of an object says. */
  async says(object: Resource, type: string): Promise<string> {
    const { status } = await this.#plane.client.read(object);
    const condition = status?.conditions?.find((each) => each.type === type);
    return textAt((condition ?? {}) as JsonObject, ["message"]);
  }
}
