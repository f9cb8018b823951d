import { codecOf } from "../../wire/codec.js";
import { bytes, embedded, message, repeated, string } from "../../wire/message.js";
import { descriptorSet } from "./descriptor-set.js";

/** The files of .proto that describe what a function serves. */
export interface FileDescriptors {
  /** The encoded FileDescriptorProto of a file, and those of all that it imports; undefined where there is no such file. */
  named(name: string): readonly Uint8Array[] | undefined;
  /** The same of the file that has a symbol: a message, an enum, a service or a method, by its full name. */
  withSymbol(symbol: string): readonly Uint8Array[] | undefined;
}

export function fileDescriptors(): FileDescriptors {
  const encoded = set.decode(descriptorSet()).file;
  const files = new Map(encoded.map((each) => [file.decode(each).name, { ...file.decode(each), encoded: each }]));
  const symbols = new Map([...files.values()].flatMap((each) => symbolsOf(each).map((symbol) => [symbol, each.name])));
  const withImports = (name: string, seen = new Set<string>()): readonly Uint8Array[] => {
    const found = files.get(name);
    if (found === undefined || seen.has(name)) return [];
    seen.add(name);
    return [found.encoded, ...found.imports.flatMap((each) => withImports(each, seen))];
  };
  return {
    named: (name) => (files.has(name) ? withImports(name) : undefined),
    withSymbol(symbol) {
      const name = symbols.get(symbol);
      return name === undefined ? undefined : withImports(name);
    },
  };
}

function symbolsOf({ package: scope, messages, enums, services }: File): readonly string[] {
  const nested = messages.flatMap(({ name, messages, enums }) =>
    [...messages, ...enums].map((inner) => `${name}.${inner.name}`),
  );
  const methods = services.flatMap(({ name, methods }) => methods.map((method) => `${name}.${method.name}`));
  const top = [...messages, ...enums, ...services].map(({ name }) => name);
  return [...top, ...nested, ...methods].map((name) => `${scope}.${name}`);
}

interface Named {
  readonly name: string;
}

interface MessageType extends Named {
  readonly messages: readonly Named[];
  readonly enums: readonly Named[];
}

interface Service extends Named {
  readonly methods: readonly Named[];
}

interface File extends Named {
  readonly package: string;
  readonly imports: readonly string[];
  readonly messages: readonly MessageType[];
  readonly enums: readonly Named[];
  readonly services: readonly Service[];
}

// As descriptor.proto has them, but for what nobody asks here.
const set = codecOf(
  message<{ readonly file: readonly Uint8Array[] }>("FileDescriptorSet", { file: repeated(bytes(1)) }),
);
const named = message<Named>("DescriptorProto", { name: string(1) });
const file = codecOf(
  message<File>("FileDescriptorProto", {
    name: string(1),
    package: string(2),
    imports: repeated(string(3)),
    messages: repeated(
      embedded(
        4,
        message<MessageType>("DescriptorProto", {
          name: string(1),
          messages: repeated(embedded(3, named)),
          enums: repeated(embedded(4, named)),
        }),
      ),
    ),
    enums: repeated(embedded(5, named)),
    services: repeated(
      embedded(
        6,
        message<Service>("ServiceDescriptorProto", { name: string(1), methods: repeated(embedded(2, named)) }),
      ),
    ),
  }),
);
