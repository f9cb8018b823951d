import { isRecord } from "./json.js";
import { metaProblems } from "./object-meta.js";
import { field } from "./path.js";
import { type Problem, show } from "./problem.js";

/**
 * What the API server refuses in a resource within a resource, whatever its schema says: it says what it is, and has
 * metadata that any object may have. That apiVersion and kind are there is looked at apart.
 */
export function embeddedProblems(value: Readonly<Record<string, unknown>>, path: string): readonly Problem[] {
  const { apiVersion, kind, metadata } = value;
  const at = field(path, "metadata");
  const { generateName, name } = isRecord(metadata) ? metadata : {};
  return [
    ...wrongText(field(path, "apiVersion"), apiVersion, isVersion, "must be a version, after a group and / or not"),
    ...wrongText(
      field(path, "kind"),
      kind,
      isKind,
      "must be letters, digits and -, at most 63, and begin with a letter",
    ),
    ...metaProblems(metadata, at),
    ...wrongPathSegment(field(at, "name"), name, /^\.\.?$|[/%]/),
    ...wrongPathSegment(field(at, "generateName"), generateName, /[/%]/),
  ];
}

function wrongText(path: string, value: unknown, is: (text: string) => boolean, rule: string): readonly Problem[] {
  if (value === undefined) return [];
  if (typeof value !== "string" || value === "") {
    return [{ path, message: `must be a string that is not empty, not ${show(value)}` }];
  }
  return is(value) ? [] : [{ path, message: `${rule}, not ${show(value)}` }];
}

function isVersion(text: string): boolean {
  return text.split("/").length <= 2;
}

function isKind(text: string): boolean {
  return text.length <= 63 && /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/i.test(text);
}

function wrongPathSegment(path: string, name: unknown, wrong: RegExp): readonly Problem[] {
  if (typeof name !== "string" || !wrong.test(name)) return [];
  return [{ path, message: `must not be . or .., or have / or % in it, not ${show(name)}` }];
}
