/** Loads something; where that fails, the error says what, and from where. */
export function loading<T>(what: string, path: string, load: () => T): T {
  try {
    return load();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`cannot load ${what} from ${path}: ${message}`, { cause: error });
  }
}
