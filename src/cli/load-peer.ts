/**
 * Loads what needs an optional dependency.
 *
 * @param packages what to install where it is missing, such as `cdk8s constructs`
 * @throws Error with the install command
 */
export async function loadPeer<T>(what: string, packages: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (!isMissing(error, packages.split(" "))) throw error;
    const missing = packages.replaceAll(" ", " or ");
    throw new Error(`cannot ${what}: ${missing} is not installed; run npm install --save-dev ${packages}`, {
      cause: error,
    });
  }
}

function isMissing(error: unknown, packages: readonly string[]): boolean {
  if (!(error instanceof Error) || !("code" in error)) return false;
  const isNotFound = error.code === "ERR_MODULE_NOT_FOUND" || error.code === "MODULE_NOT_FOUND";
  return isNotFound && packages.some((name) => error.message.includes(`'${name}'`));
}
