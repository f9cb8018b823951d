import {
  annotationsOf,
  COMPOSITION_RESOURCE_NAME,
  labelsOf,
  namespaceOf,
  textAt,
  valueAt,
} from "../../src/render/unstructured.js";
import { type Change } from "../../src/simulate/api/change.js";
import { type JsonObject } from "../../src/wire/index.js";

/** What a developer may rely on at each moment of an XBucket's life. Returns what has been broken so far, in words. */
export class Promises {
  readonly broken: string[] = [];
  /** The composition resource names that the spec of the moment asks for. */
  wanted: ReadonlySet<string> = new Set();
  /** The spec of the moment. */
  spec: JsonObject = {};
  readonly #secrets = new Map<string, JsonObject>();

  changed(change: Change): void {
    const { object } = change;
    const key = annotationsOf(object)[COMPOSITION_RESOURCE_NAME];
    if (key === undefined || labelsOf(change.before ?? object)["crossplane.io/composite"] !== "receipts") return;
    if (namespaceOf(object) !== "payments") this.broken.push(`${key} is composed in ${namespaceOf(object)}`);
    if (isGoing(change) && this.wanted.has(key)) this.broken.push(`${key} is deleted, and the spec still asks for it`);
    if (object["kind"] === "Secret") this.#secretChanged(key, change);
    if (object["kind"] === "AccessKey" && isGoing(change)) this.#keyGoes(object);
  }

  #secretChanged(key: string, { type, object, before }: Change): void {
    if (type === "Deleted") {
      this.#secrets.delete(key);
      return;
    }
    const [was, is] = [dataOf(before ?? {}), dataOf(object)];
    this.#secrets.set(key, is);
    const hasKeys = Object.hasOwn(is, "AWS_ACCESS_KEY_ID");
    const lacking = [...LOCATION, ...(hasKeys ? KEYS : ROLE)].filter((name) => !is[name]);
    if (lacking.length > 0) this.broken.push(`${key} is published without ${lacking.join(", ")}`);
    // Credentials of another kind have other keys, and a prefix may be taken away.
    const sameKind = hasKeys === Object.hasOwn(was, "AWS_ACCESS_KEY_ID");
    const lost = Object.keys(was).filter((name) => !Object.hasOwn(is, name) && !/prefix/i.test(name));
    if (sameKind && lost.length > 0) this.broken.push(`${key} has shrunk by ${lost.join(", ")}`);
  }

  #keyGoes(object: JsonObject): void {
    const id = annotationsOf(object)["crossplane.io/external-name"] ?? "";
    const holders = [...this.#secrets].filter(([, data]) => data["AWS_ACCESS_KEY_ID"] === btoa(id)).map(([key]) => key);
    if (id !== "" && holders.some((key) => this.wanted.has(key))) {
      this.broken.push(`the access key that ${holders.join(", ")} holds is deleted`);
    }
  }
}

const LOCATION = ["AWS_REGION", "BUCKET_NAME", "bucket", "endpoint", "provider", "region", "type", "uri"];
const KEYS = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "access-key-id", "secret-access-key"];
const ROLE = ["role-arn"];

/** Whether an object has just been marked for deletion, or is gone without having been. */
function isGoing({ type, object, before }: Change): boolean {
  const isMarked = (each: JsonObject | undefined) =>
    each !== undefined && textAt(each, ["metadata", "deletionTimestamp"]) !== "";
  if (type === "Deleted") return !isMarked(before ?? object);
  return isMarked(object) && !isMarked(before);
}

function dataOf(object: JsonObject): JsonObject {
  const data = valueAt(object, ["data"]);
  return typeof data === "object" && data !== null ? (data as JsonObject) : {};
}
