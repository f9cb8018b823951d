/** Replaces a property, and returns what puts it back. */
export function replace(object: object, property: string, value: unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(object, property);
  Object.defineProperty(object, property, {
    value,
    writable: true,
    configurable: true,
    enumerable: before?.enumerable ?? false,
  });
  return () => {
    if (before) Object.defineProperty(object, property, before);
    else Reflect.deleteProperty(object, property);
  };
}
