/**
 * An object whose properties are made once they are read: most of what a function declares, no single request has to do
 * with. Otherwise it is like any other; nothing can be added to it that it does not name.
 *
 * @param names what it has, of which only the keys count
 */
export function grown(names: object, make: (name: string) => unknown): object {
  return new Proxy<Grown>({}, new Growing(names, make));
}

type Grown = Record<string, unknown>;

class Growing implements ProxyHandler<Grown> {
  readonly #names: object;
  readonly #make: (name: string) => unknown;

  constructor(names: object, make: (name: string) => unknown) {
    this.#names = names;
    this.#make = make;
  }

  get(made: Grown, name: string | symbol): unknown {
    if (typeof name === "symbol" || Object.hasOwn(made, name) || !Object.hasOwn(this.#names, name)) {
      return Reflect.get(made, name);
    }
    const value = this.#make(name);
    made[name] = value;
    return value;
  }

  has(made: Grown, name: string | symbol): boolean {
    return Object.hasOwn(this.#names, name) || Reflect.has(made, name);
  }

  ownKeys(): string[] {
    return Object.keys(this.#names);
  }

  getOwnPropertyDescriptor(made: Grown, name: string): PropertyDescriptor | undefined {
    if (!Object.hasOwn(this.#names, name)) return undefined;
    return { value: this.get(made, name), enumerable: true, configurable: true, writable: true };
  }
}
