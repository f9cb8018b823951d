import { type Deferred } from "./deferred.js";

/** Makes a field of a message one that is decoded when it is read. */
export function deferField(message: object, name: string, deferred: Deferred<unknown>): void {
  const get = () => deferred.value;
  behind.set(get, deferred);
  Object.defineProperty(message, name, { get, enumerable: true, configurable: true });
}

/** Sets a field, be it one that was to be decoded when it is read. */
export function setField(message: object, name: string, value: unknown): void {
  Object.defineProperty(message, name, { value, enumerable: true, configurable: true, writable: true });
}

/**
 * The field of a decoded message, to be passed on as it came: the value to encode in another message, where nobody changes
 * it and nobody has to look at it.
 */
export function asReceived<M extends object, Name extends keyof M>(message: M, name: Name): M[Name] {
  const get = Object.getOwnPropertyDescriptor(message, name)?.get;
  const deferred = get && behind.get(get);
  return deferred ? (deferred as M[Name]) : message[name];
}

const behind = new WeakMap<() => unknown, Deferred<unknown>>();
