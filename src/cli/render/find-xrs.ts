import { filesOf, isFolder, type Manifest, type objectOf, readAll } from "./manifest-file.js";

/** An XR that was found, or a file that is no YAML. */
export type Found = Manifest | Unreadable;

export interface Unreadable {
  readonly file: string;
  readonly error: unknown;
}

/**
 * The XRs of files and folders. In a folder everything else is passed over; a file that is named has to have one.
 *
 * @throws Error for a file that has none, or where there is none at all
 */
export function findXRs(
  cwd: string,
  paths: readonly string[],
  isXR: (object: ReturnType<typeof objectOf>) => boolean,
): readonly Found[] {
  const found = paths.flatMap((path) => {
    const all = filesOf(cwd, path).flatMap((file) => manifestsOf(cwd, file));
    const own = all.filter((each) => "error" in each || isObjectThat(each, isXR));
    if (own.length === 0 && !isFolder(cwd, path)) throw notFound([path]);
    return own;
  });
  if (found.length > 0) return found;
  throw notFound(paths);
}

function notFound(paths: readonly string[]): Error {
  return new Error(`cannot find an XR in ${paths.join(", ")}: no Composition at hand composes what is there`);
}

/** One file that cannot be read does not keep the others from being rendered. */
function manifestsOf(cwd: string, file: string): readonly Found[] {
  try {
    return readAll(cwd, file);
  } catch (error) {
    return [{ file, error }];
  }
}

function isObjectThat(
  { document: { value } }: Manifest,
  holds: (object: ReturnType<typeof objectOf>) => boolean,
): boolean {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && holds(value as ReturnType<typeof objectOf>)
  );
}
