import {
  type JsonObject,
  type Requirements,
  type ResourceSelector,
  type RunFunctionRequest,
} from "../../../src/wire/index.js";
import { type Script } from "./script.js";

/** What a script requires, given what it was sent; undefined where it says nothing of requirements. */
export function requirements(script: Script, request: RunFunctionRequest): Requirements | undefined {
  const { requires, grows, flips } = script;
  if (requires === undefined && grows === undefined && !flips) return undefined;
  const { resources = {}, extraResources = {}, schemas = {} } = requires ?? {};
  return {
    resources: { ...mapOf(resources), ...(grows !== undefined && grown(grows, request)), ...(flips && other(request)) },
    extraResources: mapOf(extraResources),
    schemas: Object.fromEntries(
      Object.entries(schemas).map(([name, { apiVersion, kind }]) => [
        name,
        { apiVersion: String(apiVersion ?? ""), kind: String(kind ?? "") },
      ]),
    ),
  };
}

/** One more than there were, up to `rounds`. */
function grown(rounds: number, { requiredResources }: RunFunctionRequest): Record<string, ResourceSelector> {
  const had = Object.keys(requiredResources).filter((name) => name.startsWith("grown-")).length;
  const count = rounds < 0 ? had + 1 : Math.min(had + 1, rounds);
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`grown-${i}`, configMap(`grown-${i}`)]));
}

function other({ requiredResources }: RunFunctionRequest): Record<string, ResourceSelector> {
  return Object.hasOwn(requiredResources, "heads") ? { tails: configMap("tails") } : { heads: configMap("heads") };
}

function configMap(name: string): ResourceSelector {
  return { apiVersion: "v1", kind: "ConfigMap", namespace: "default", matchName: name };
}

function mapOf(selectors: Readonly<Record<string, JsonObject>>): Record<string, ResourceSelector> {
  return Object.fromEntries(Object.entries(selectors).map(([name, selector]) => [name, selectorOf(selector)]));
}

/** Reads what a manifest would say: `name` or `labels`, and `namespace`. */
function selectorOf({ apiVersion, kind, name, labels, namespace }: JsonObject): ResourceSelector {
  return {
    apiVersion: String(apiVersion ?? ""),
    kind: String(kind ?? ""),
    ...(name !== undefined && { matchName: String(name) }),
    ...(labels !== undefined && { matchLabels: { labels: labels as Readonly<Record<string, string>> } }),
    ...(namespace !== undefined && { namespace: String(namespace) }),
  };
}
