import { type Json } from "../../yaml/index.js";
import { type Checked } from "./check-composed.js";
import { type Explanation, explain } from "./explain.js";
import { objectOf } from "./manifest-file.js";
import { type Outcome } from "./rendering.js";

/** What became of one XR, for programs: the shape of `--output json`. */
export interface ReportEntry extends Explanation {
  readonly file: string;
  readonly xr: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly namespace: string;
    readonly name: string;
  };
  readonly outcome: "rendered" | "refused" | "failed";
  /** Why it failed; empty if it did not. */
  readonly error: string;
  /** What stdout has otherwise. */
  readonly objects: readonly Json[];
  /** What the CRDs refuse of what is composed. */
  readonly problems: readonly string[];
  /** What they could not say. */
  readonly unchecked: readonly string[];
  /** How `objects` differ from what they are compared with; empty if they do not, or with nothing. */
  readonly difference: string;
}

const NOTHING: Explanation = { waiting: [], kept: [], deleted: [], warnings: [] };

export function reportEntry(outcome: Outcome, { problems, unchecked }: Checked, difference: string): ReportEntry {
  const { manifest, done, error } = outcome;
  const explanation = done ? explain(done.rendered) : NOTHING;
  return {
    file: manifest.file,
    xr: identityOf(outcome),
    outcome: done === undefined ? "failed" : problems.length > 0 ? "refused" : "rendered",
    error: done === undefined ? messageOf(error) : "",
    objects: done?.documents ?? [],
    ...explanation,
    warnings: [...outcome.warnings, ...explanation.warnings],
    problems,
    unchecked,
    difference,
  };
}

/** An XR as people write it: `XArchive records/letters`. */
export function nameOf({ xr: { kind, namespace, name } }: Pick<ReportEntry, "xr">): string {
  return `${kind} ${namespace ? `${namespace}/` : ""}${name}`;
}

function identityOf({ manifest }: Outcome): ReportEntry["xr"] {
  try {
    const { apiVersion, kind, metadata } = objectOf(manifest);
    const { namespace, name } = (metadata ?? {}) as Readonly<Record<string, unknown>>;
    return { apiVersion: text(apiVersion), kind: text(kind), namespace: text(namespace), name: text(name) };
  } catch {
    // Its error says that it is no object.
    return { apiVersion: "", kind: "", namespace: "", name: "" };
  }
}

const text = (value: unknown) => (typeof value === "string" ? value : "");

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
