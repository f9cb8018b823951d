import { type Base64, decodeBase64, encodeBase64, fatal, type Sight } from "trimtab";
import { type Place, readDetail } from "./detail.js";
import { type Detail, type SecretInput } from "./input.js";

type From = Omit<Place, "sight" | "field"> & {
  readonly sight: Pick<Sight<unknown>, "others" | "reported" | "need">;
  /** Where the list of details stands in the input. */
  readonly field: string;
};

/**
 * The data of a Secret, whole: waits for all that it lacks, by name. An optional key that has no value keeps the one
 * that was published.
 */
export function secretData(
  { connectionDetails, waitForReady }: SecretInput,
  from: From,
  published: Readonly<Record<string, Base64>> = {},
): Readonly<Record<string, Base64>> {
  const { found, missing } = collect(connectionDetails, from);
  const unready = waitForReady ? unreadyOf(connectionDetails, from) : [];
  from.sight.need(missing.length + unready.length === 0, [...missing, ...unready].join(", "));
  const kept = connectionDetails.flatMap(({ name }) => {
    const data = published[name];
    return data === undefined ? [] : [[name, data] as const];
  });
  return { ...Object.fromEntries(kept), ...Object.fromEntries(found) };
}

/** The connection details of a legacy XR, which are text. */
export function publishedText(details: readonly Detail[], from: From): Readonly<Record<string, string>> {
  const { found, missing } = collect(details, from);
  from.sight.need(missing.length === 0, missing.join(", "));
  return Object.fromEntries(found.map(([name, data]) => [name, textOf(name, data, from)]));
}

function collect(details: readonly Detail[], from: From) {
  const found: (readonly [string, Base64])[] = [];
  const missing = new Set<string>();
  for (const [index, detail] of details.entries()) {
    const read = readDetail(detail, { ...from, field: `${from.field}[${index}]` });
    if ("data" in read) found.push([detail.name, read.data]);
    else if (!detail.optional) missing.add(read.missing);
  }
  return { found, missing: [...missing] };
}

function unreadyOf(details: readonly Detail[], { sight }: From): readonly string[] {
  const resources = new Set(details.flatMap(({ resource }) => resource ?? []));
  return [...resources]
    .filter((resource) => !sight.others(resource).ready)
    .map((resource) => `${resource} to be ready`);
}

function textOf(name: string, data: Base64, { field }: From): string {
  const text = decodeBase64(data);
  if (encodeBase64(text) === data) return text;
  return fatal(`${field}: ${name} is binary, which an XR cannot publish: publish it in one of secrets`);
}
