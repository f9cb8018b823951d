/** Sets an own property. Keys come from a text, and assigning to `__proto__` would replace the prototype instead. */
export function setOwn<V>(record: Record<string, V>, key: string, value: V): void {
  if (key !== "__proto__") {
    record[key] = value;
    return;
  }
  Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true });
}
