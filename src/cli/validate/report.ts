/** What became of all that was to be validated. */
export interface Report {
  readonly summary: Summary;
  /** In the order of the files, and of the objects in them. */
  readonly objects: readonly Result[];
}

/** Each object is valid, refused or unchecked. */
interface Summary {
  readonly objects: number;
  readonly valid: number;
  readonly refused: number;
  readonly unchecked: number;
  /** Fields that the API server would drop. */
  readonly warnings: number;
  /** XRDs and CRDs that are no objects here: used, and not validated themselves. */
  readonly definitions: number;
}

/** Unchecked is what nothing was found wrong with, but something could not be looked at. */
export type Outcome = "valid" | "refused" | "unchecked";

export interface Result {
  /** As named on the command line, or below a folder that was. */
  readonly file: string;
  /** Where the object begins, from 1. */
  readonly line: number;
  readonly column: number;
  /** Empty where the object has none, as name is. */
  readonly apiVersion: string;
  readonly kind: string;
  /** Absent where the object has none. */
  readonly namespace?: string;
  readonly name: string;
  /** Whether something defines its kind. Where nothing does, it is unchecked. */
  readonly isDefined: boolean;
  readonly outcome: Outcome;
  /** Why the API server would refuse it. */
  readonly problems: readonly Finding[];
  /** Fields that the API server would drop. */
  readonly warnings: readonly Finding[];
  /** What could not be checked, and why. */
  readonly unchecked: readonly Finding[];
}

export interface Finding {
  /** Such as `spec.consumers[0].access`; `.` for the object as a whole. */
  readonly path: string;
  readonly message: string;
  /** Where the field stands, or what it should stand in. */
  readonly line: number;
  readonly column: number;
}

/** What an object is called in reports: `XBucket payments/receipts`. */
export function titleOf({ kind, name, namespace }: Result): string {
  const full = [namespace, name].filter(Boolean).join("/");
  return [kind || "document", full].filter(Boolean).join(" ");
}

/** Whether the exit code is 0. */
export function passes({ refused, unchecked, warnings }: Summary, isStrict: boolean): boolean {
  return refused === 0 && !(isStrict && unchecked + warnings > 0);
}

export function summarize(objects: readonly Result[], definitions: number): Summary {
  const count = (outcome: Outcome) => objects.filter((object) => object.outcome === outcome).length;
  return {
    objects: objects.length,
    valid: count("valid"),
    refused: count("refused"),
    unchecked: count("unchecked"),
    warnings: objects.reduce((sum, { warnings }) => sum + warnings.length, 0),
    definitions,
  };
}
