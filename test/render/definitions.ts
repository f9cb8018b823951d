import { join } from "node:path";
import { type Resource } from "../../src/resource/resource.js";
import { filesBelow } from "../support/files-below.js";
import { repository } from "../support/repository.js";
import { objectsIn } from "../support/yaml-objects.js";

const compositions = objectsBelow("compositions");
const xrds = objectsBelow("xrds");

/** The Composition in compositions/ of an XR's kind. */
export function compositionOf(xr: Resource): string {
  const [composition, ...others] = compositions.filter(({ object }) => composes(object, xr));
  const kind = `${xr.apiVersion} ${xr.kind}`;
  if (!composition)
    throw new Error(`cannot render ${kind}: no Composition in compositions/ has it as compositeTypeRef`);
  if (others.length > 0) throw new Error(`cannot render ${kind}: compositions/ has more than one Composition of it`);
  return composition.file;
}

/** The XRD in xrds/ that defines an XR; undefined if there is none. */
export function xrdOf(xr: Resource): string | undefined {
  return xrds.find(({ object }) => defines(object, xr))?.file;
}

interface FileObject {
  readonly file: string;
  readonly object: Resource;
}

/** The objects in the YAML files below a folder of this repository, one file after the other. */
function objectsBelow(folder: string): readonly FileObject[] {
  const files = filesBelow(join(repository, folder), ".yaml");
  return files.flatMap((file) => objectsIn(file).map((object) => ({ file, object })));
}

function composes({ kind, spec }: Resource, xr: Resource): boolean {
  const { compositeTypeRef: type } = spec as { readonly compositeTypeRef?: Pick<Resource, "apiVersion" | "kind"> };
  return kind === "Composition" && type?.apiVersion === xr.apiVersion && type.kind === xr.kind;
}

function defines({ kind, spec }: Resource, xr: Resource): boolean {
  if (kind !== "CompositeResourceDefinition") return false;
  const { group, names } = spec as { readonly group: string; readonly names: { readonly kind: string } };
  return names.kind === xr.kind && xr.apiVersion.startsWith(`${group}/`);
}
