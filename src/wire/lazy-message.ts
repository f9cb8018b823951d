import { Deferred } from "./deferred.js";
import { emptyMessage, type Message } from "./message.js";
import { type Source } from "./source.js";

/** A decoded message whose Structs are decoded once they are read. Those fields are not its own, and the others are. */
export class LazyMessage {
  readonly #structs: Record<string, unknown> = {};
  readonly #source: Source;

  constructor(source: Source) {
    this.#source = source;
  }

  /** A message with none of its fields. */
  static of(message: Message, source: Source): Record<string, unknown> {
    const LazyFields = classes.get(message) ?? classOf(message);
    classes.set(message, LazyFields);
    return emptyMessage(message, new LazyFields(source));
  }

  /** What stands for a field that is a Struct, be it deferred or not. */
  static take(message: LazyMessage, name: string): unknown {
    return message.#structs[name];
  }

  static put(message: LazyMessage, name: string, value: unknown): void {
    message.#structs[name] = value;
  }

  static close(message: LazyMessage): void {
    message.#source.close();
  }
}

/** There is a class for each description, since accessors of each object would cost more than they spare. */
const classes = new Map<Message, new (source: Source) => LazyMessage>();

function classOf({ fields }: Message): new (source: Source) => LazyMessage {
  class LazyFields extends LazyMessage {}
  for (const { name } of fields.filter(({ type, presence }) => type === "struct" && presence === "explicit")) {
    Object.defineProperty(LazyFields.prototype, name, {
      get(this: LazyMessage) {
        const value = LazyMessage.take(this, name);
        return value instanceof Deferred ? value.value : value;
      },
      set(this: LazyMessage, value: unknown) {
        LazyMessage.put(this, name, value);
      },
      enumerable: true,
    });
  }
  return LazyFields;
}

/**
 * The field of a decoded message, to be passed on as it came: the value to encode in another message, where nobody changes
 * it and nobody has to look at it.
 */
export function asReceived<M extends object, Name extends keyof M & string>(message: M, name: Name): M[Name] {
  const deferred = message instanceof LazyMessage ? LazyMessage.take(message, name) : undefined;
  return deferred instanceof Deferred ? (deferred as M[Name]) : message[name];
}

/**
 * Ends the use of a message that was decoded lazily: what has not been read of it cannot be read any more, and its bytes are
 * let go, whoever keeps what. Of other messages it is no matter.
 */
export function close(message: object): void {
  if (message instanceof LazyMessage) LazyMessage.close(message);
}
