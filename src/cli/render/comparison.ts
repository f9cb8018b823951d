import { toStruct } from "../../render/to-struct.js";
import { type Json } from "../../yaml/index.js";
import { type Before, diff, unclaimed, unmanaged } from "./diff.js";
import { numberedMarks, type Redaction, redaction } from "./redaction.js";
import { type Outcome } from "./rendering.js";

/** Compares what is rendered with what there was. */
export interface Comparison {
  /** How an XR and what it composes differ; empty if they do not, or could not be rendered. */
  of(outcome: Outcome): string;
  /** What there was and none of the XRs so far has any more; empty if there is nothing. */
  rest(): string;
  /** What there is to say of the comparison itself. */
  readonly warnings: readonly string[];
}

/**
 * @param isRedacted whether values of Secrets are masked in what comes out
 */
export function comparisonWith(before: Before, isRedacted: boolean): Comparison {
  const seen: Json[] = [];
  let last: Outcome | undefined;
  const shown = (outcome: Outcome | undefined, make: (show?: Redaction["value"]) => string) => {
    if (!isRedacted || !outcome) return make();
    const mask = redaction(outcome, before, numberedMarks());
    return make(mask.value).replace(HEADER, (names) => mask.text(names));
  };
  return {
    of(outcome) {
      const { done, manifest } = outcome;
      last = outcome;
      // What could not be rendered is not gone.
      seen.push(...(done ? done.documents : [toStruct(manifest.document.value)]));
      return done ? shown(outcome, (show) => diff(before, done.documents, show)) : "";
    },
    rest: () => shown(last, (show) => unclaimed(before, seen, show)),
    warnings: unmanaged(before).length > 0 ? [UNMANAGED] : [],
  };
}

/** Of a diff the lines that name the object. */
const HEADER = /^--- .*\n\+\+\+ .*$/gm;

const UNMANAGED =
  "compared without managedFields, so that fields which are no longer desired do not show; give --show-managed-fields to kubectl get";
