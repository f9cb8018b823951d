import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import { type Resource } from "../../src/resource/resource.js";

/**
 * The Kubernetes objects in a YAML file, in its order; documents that are empty are passed over. Throws if it is no
 * YAML.
 */
export function objectsIn(file: string): readonly Resource[] {
  return parseAllDocuments(readFileSync(file, "utf8")).flatMap((document) => {
    const [error] = document.errors;
    if (error) throw new Error(`cannot read ${file}: ${error.message}`, { cause: error });
    return (document.toJS() as Resource | null) ?? [];
  });
}

/** The first object in a YAML file. Throws if there is none. */
export function objectIn(file: string): Resource {
  const [object] = objectsIn(file);
  if (object === undefined) throw new Error(`cannot read ${file}: there is no object in it`);
  return object;
}
