import { type Admission, type AdmitOptions } from "../schema/admit.js";
import { admitResource } from "../schema/admit-resource.js";
import { isRecord } from "../schema/json.js";
import { normalize } from "../schema/normalize.js";
import { type Problem } from "../schema/problem.js";
import { maskSecrets } from "./mask-secrets.js";
import { plainNumbers } from "./plain-numbers.js";
import { type AdmittingCRD } from "./read-definition.js";

export interface AdmitObjectOptions extends Pick<AdmitOptions, "rules"> {
  /**
   * The namespace that an object of a namespaced kind gets where it names none, as kubectl fills it in. Default: it must
   * name one.
   */
  readonly namespace?: string;
}

/**
 * What the API server makes of an object that is created. To the checks of `admitResource` it adds those of the scope,
 * a name that is to be made, and the status: where that is a subresource it is dropped before anything is validated.
 *
 * Integers beyond 2^53, as bigint, are checked as the nearest number, and are such numbers in the value. No message
 * holds a value of a field of format password, or of data and stringData of a Secret.
 */
export function admitObject(crd: AdmittingCRD, object: unknown, options: AdmitObjectOptions = {}): Admission {
  const plain = plainNumbers(object);
  if (!isRecord(plain)) return admitResource(crd, plain);
  const { namespace, rules } = options;
  const version = crd.spec.versions.find(({ name }) => plain["apiVersion"] === `${crd.spec.group}/${name}`);
  const { made, metadata, problems, pruned } = place(plain["metadata"], crd, namespace);
  const { status, ...rest } = plain;
  const dropped = status !== undefined && isRecord(version?.subresources?.status);
  const written = { ...(dropped ? rest : plain), ...(metadata !== undefined && { metadata }) };
  const admission = admitResource(crd, written, rules && { rules });
  const schema = version?.schema?.openAPIV3Schema ?? {};
  const below = dropped ? normalize(schema, { status }, "").pruned : [];
  const mask = maskSecrets(schema, plain);
  return {
    value: made ? withoutName(admission.value) : admission.value,
    problems: [...problems, ...admission.problems].map(mask),
    unchecked: admission.unchecked.map(mask),
    pruned: [...pruned, ...admission.pruned, ...below],
  };
}

interface Placed {
  /** The metadata in its namespace, with a name in the place of one that is to be made. */
  readonly metadata: unknown;
  /** Whether the name is to be made. */
  readonly made: boolean;
  readonly problems: readonly Problem[];
  readonly pruned: readonly string[];
}

function place(metadata: unknown, { spec: { scope } }: AdmittingCRD, filledIn: string | undefined): Placed {
  const meta = metadata ?? {};
  if (!isRecord(meta)) return { metadata, made: false, problems: [], pruned: [] };
  const { namespace: written, ...rest } = meta;
  const path = "metadata.namespace";
  if (scope === "Cluster") return { ...withName(rest), problems: [], pruned: written ? [path] : [] };
  const namespace = written || filledIn;
  if (namespace) return { ...withName({ ...rest, namespace }), problems: [], pruned: [] };
  return { ...withName(rest), problems: [{ path, message: "is required" }], pruned: [] };
}

/** What the API server appends to generateName is random; this is of the same length. */
const SUFFIX = "xxxxx";

/** How much of generateName the API server keeps. */
const LONGEST_PREFIX = 58;

function withName(metadata: Readonly<Record<string, unknown>>): Pick<Placed, "made" | "metadata"> {
  const { generateName, name } = metadata;
  const named = name !== undefined && name !== null && name !== "";
  if (named || typeof generateName !== "string" || generateName === "") return { metadata, made: false };
  return { metadata: { ...metadata, name: `${generateName.slice(0, LONGEST_PREFIX)}${SUFFIX}` }, made: true };
}

function withoutName(object: unknown): unknown {
  if (!isRecord(object) || !isRecord(object["metadata"])) return object;
  const { name: _, ...metadata } = object["metadata"];
  return { ...object, metadata };
}
