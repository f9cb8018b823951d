import { statSync } from "node:fs";
import { resolve } from "node:path";
import { annotateLayers } from "../../xpkg/annotate-layers.js";
import {
  type Image,
  type ImageIndex,
  isIndex,
  parseReference,
  type Reference,
  readLayout,
  readTarball,
} from "../../xpkg/oci/index.js";
import { type IO } from "../io.js";
import { registryOf } from "./registry-of.js";

/**
 * What was said on the command line: the folder of an OCI layout or an archive, if there is one of that path; else a
 * reference, such as `ghcr.io/acme/function-bucket:v1`.
 *
 * @throws Error where it is neither
 */
export function sourceOf(text: string, { cwd }: Pick<IO, "cwd">): Source {
  const path = resolve(cwd, text);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found !== undefined) return { kind: found.isDirectory() ? "layout" : "archive", path };
  if (/^[./~]|\.(xpkg|tar)$/.test(text)) throw new Error(`cannot read ${text}: there is no such file or folder`);
  return { kind: "reference", reference: parseReference(text) };
}

export type Source =
  | { readonly kind: "layout" | "archive"; readonly path: string }
  | { readonly kind: "reference"; readonly reference: Reference };

/** The images of a package, whose layers are annotated. */
export async function openPackage(text: string, io: IO): Promise<readonly Image[]> {
  const value = await read(sourceOf(text, io), io);
  return (isIndex(value) ? value.images : [value]).map(annotateLayers);
}

async function read(source: Source, io: IO): Promise<Image | ImageIndex> {
  if (source.kind === "reference") return registryOf(io).pull(source.reference);
  return source.kind === "layout" ? readLayout(source.path) : readTarball(source.path);
}
