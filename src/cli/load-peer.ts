/**
 * Loads what needs an optional dependency.
 *
 * @param packages what to install where it is missing, such as `cdk8s constructs`, or `cdk8s@2` where it has to be a version
 * @throws Error with the install command
 */
export async function loadPeer<T>(what: string, packages: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (!isMissing(error, namesIn(packages))) throw error;
    const missing = namesIn(packages).join(" or ");
    throw new Error(`cannot ${what}: ${missing} is not installed; run npm install --save-dev ${packages}`, {
      cause: error,
    });
  }
}

function namesIn(packages: string): readonly string[] {
  return packages.split(" ").map((each) => each.replace(/(?<=.)@.*/, ""));
}

function isMissing(error: unknown, packages: readonly string[]): boolean {
  if (!(error instanceof Error) || !("code" in error)) return false;
  const isNotFound = error.code === "ERR_MODULE_NOT_FOUND" || error.code === "MODULE_NOT_FOUND";
  return isNotFound && packages.some((name) => error.message.includes(`'${name}'`));
}
