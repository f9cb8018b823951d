import { type Cluster } from "../../render/cluster.js";
import { type CompositeFields } from "../../render/composite-fields.js";
import { type Event, normal } from "../../render/event.js";
import { because } from "../../render/refusal.js";
import { type Selection } from "../../render/selection.js";
import { isObject, textAt, textsAt, typeOf, valueAt, withValue } from "../../render/unstructured.js";
import { type JsonObject } from "../../wire/index.js";
import { type CompositeKind } from "./composite-kinds.js";
import { type Compositions } from "./compositions.js";

/** What a selection has to do with. */
export interface SelectionOptions {
  readonly kind: CompositeKind;
  readonly compositions: Compositions;
  readonly cluster: Pick<Cluster, "update">;
  /** Is told what is said of the XR. */
  say(event: Event): void;
}

/**
 * Selects Compositions as Crossplane does (crossplane, composite/api.go: EnforcedCompositionSelector,
 * APIDefaultCompositionSelector, APILabelSelectorResolver and APIRevisionFetcher). Where labels fit several of them, Crossplane
 * takes any: here it is the first by name.
 */
export function selectComposition({ kind, compositions, cluster, say }: SelectionOptions): Selection {
  const { fields, xrd = {} } = kind;
  return {
    select(xr) {
      const enforced = textAt(xrd, ["spec", "enforcedCompositionRef", "name"]);
      if (enforced !== "" && compositionNameOf(xr, fields) !== enforced) {
        say(normal("CompositionSelection", "Enforced composition has been selected"));
        return updated(withValue(xr, fields.compositionRef, { name: enforced }));
      }
      if (compositionNameOf(xr, fields) !== "") return xr;
      const hasSelector = isObject(valueAt(xr, fields.compositionSelector));
      const byDefault = textAt(xrd, ["spec", "defaultCompositionRef", "name"]);
      if (!hasSelector && byDefault !== "") {
        say(normal("CompositionSelection", "Default composition has been selected"));
        return withValue(xr, fields.compositionRef, { name: byDefault });
      }
      const labels = textsAt(xr, [...fields.compositionSelector, "matchLabels"]);
      const [name] = compositions.fitting(typeOf(xr), labels);
      if (name === undefined) throw new Error("no compatible Compositions found");
      return updated(withValue(xr, fields.compositionRef, { name }));
    },
    selectRevision(xr) {
      const selector = valueAt(xrd, ["spec", "defaultCompositionRevisionSelector"]);
      const isSelected = [fields.compositionRevisionSelector, fields.compositionRevisionRef].some((path) =>
        isObject(valueAt(xr, path)),
      );
      if (isSelected || !isObject(selector)) return xr;
      say(normal("CompositionSelection", "Default revision selector has been selected"));
      return withValue(xr, fields.compositionRevisionSelector, selector);
    },
    fetch(xr) {
      const current = textAt(xr, [...fields.compositionRevisionRef, "name"]);
      if (current !== "" && isManual(xr, fields)) return { xr, composition: revisionOf(current) };
      const name = compositionNameOf(xr, fields);
      if (!compositions.has(name)) {
        throw new Error(
          `cannot get Composition: Composition.apiextensions.crossplane.io ${JSON.stringify(name)} not found`,
        );
      }
      const isAutomatic = textAt(xr, fields.compositionUpdatePolicy) === "Automatic";
      const labels = isAutomatic ? textsAt(xr, [...fields.compositionRevisionSelector, "matchLabels"]) : {};
      const latest = compositions.latest(name, labels);
      if (latest === undefined) throw new Error("no compatible CompositionRevisions found");
      if (current === latest.name) return { xr, composition: latest.composition };
      const referring = withValue(xr, fields.compositionRevisionRef, { name: latest.name });
      return { xr: updated(referring), composition: latest.composition };
    },
  };

  function updated(xr: JsonObject): JsonObject {
    try {
      return cluster.update(xr);
    } catch (cause) {
      throw because("cannot update composite resource", cause);
    }
  }

  function revisionOf(name: string) {
    const revision = compositions.revision(name);
    if (revision) return revision.composition;
    throw new Error(
      `cannot get CompositionRevision: CompositionRevision.apiextensions.crossplane.io ${JSON.stringify(name)} not found`,
    );
  }
}

/** The name of the Composition that an XR refers to; empty where it refers to none. */
export function compositionNameOf(xr: JsonObject, { compositionRef }: CompositeFields): string {
  return textAt(xr, [...compositionRef, "name"]);
}

/** Whether an XR stays with its revision as its Composition changes. */
export function isManual(xr: JsonObject, { compositionUpdatePolicy }: CompositeFields): boolean {
  return textAt(xr, compositionUpdatePolicy) === "Manual";
}
