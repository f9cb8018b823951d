import { type FieldType, isVarint, type Message, type NamedField } from "../../../src/wire/message.js";
import { ByteSink } from "./byte-sink.js";
import { type Random } from "./random.js";

/**
 * Writes a random message that is well-formed but for what no encoder would write, of which there is little: fields that are
 * not known or of another wire type, parts in any order and more than once, lengths of too many bytes, numbers that JSON does
 * not have, text that is no UTF-8.
 */
export function randomMessage(message: Message, random: Random): Buffer {
  const scribe = new Scribe(random);
  scribe.message(message);
  return scribe.sink.take();
}

/** How deep Structs nest at most: less than the official SDK and google-protobuf take. */
const DEPTH = 8;

type Write = () => void;

class Scribe {
  readonly sink = new ByteSink();
  readonly #random: Random;
  /** One in so many parts is odd: there are messages without any. */
  readonly #rarity: number;
  #depth = 0;

  constructor(random: Random) {
    this.#random = random;
    this.#rarity = random.pick([1e9, 1e9, 1000, 300, 40]);
  }

  message(message: Message): void {
    const random = this.#random;
    const isBackwards = this.#isOdd();
    const fields = isBackwards ? message.fields.toReversed() : message.fields;
    for (const field of fields) if (random.once(2)) this.#field(field);
    if (this.#isOdd()) this.#unknown();
    if (this.#isOdd()) this.#field(random.pick(message.fields));
    if (this.#isOdd()) this.#wrongType(random.pick(message.fields).number);
  }

  #isOdd(): boolean {
    return this.#random.once(this.#rarity);
  }

  #field({ number, type, presence }: NamedField): void {
    const random = this.#random;
    const isMany = presence === "map" || presence === "repeated";
    const count = isMany ? random.below(4) : 1;
    if (presence === "repeated" && isVarint(type) && !random.once(3)) {
      this.#nested(number, () => {
        for (let item = 0; item < count; item++) this.#varint(this.#enum());
      });
      return;
    }
    for (let item = 0; item < count; item++) {
      if (presence === "map") this.#nested(number, () => this.#entry(() => this.#value(2, type)));
      else this.#value(number, type);
    }
  }

  /** A field with its tag. */
  #value(number: number, type: FieldType): void {
    switch (type) {
      case "string":
        this.#text(number);
        break;
      case "bytes":
        this.#nested(number, () => {
          for (let count = this.#random.below(9); count > 0; count--) this.sink.byte(this.#random.below(256));
        });
        break;
      case "enum":
        this.#tag(number, 0);
        this.#varint(this.#enum());
        break;
      case "int32":
      case "int64":
        this.#tag(number, 0);
        this.#varint(this.#random.pick([0, 1, 127, 128, 2 ** 31, 2 ** 40, 2 ** 53 - 1, -1]));
        break;
      case "struct":
        this.#nested(number, () => this.#struct());
        break;
      default:
        this.#nested(number, () => this.message(type));
    }
  }

  #entry(value: Write): void {
    const key = () => this.#text(1);
    for (const write of this.#isOdd() ? this.#random.pick(this.#oddEntries(key, value)) : [key, value]) write();
  }

  #oddEntries(key: Write, value: Write): readonly (readonly Write[])[] {
    const unknown = () => this.#unknown();
    return [[value, key], [key], [value], [], [key, value, value], [key, value, unknown], [key, key, value]];
  }

  #struct(): void {
    this.#depth++;
    for (let count = this.#random.below(this.#depth > 3 ? 3 : 5); count > 0; count--) {
      this.#nested(1, () => this.#entry(() => this.#nested(2, () => this.#json())));
    }
    if (this.#isOdd()) this.#unknown();
    this.#depth--;
  }

  /** A Value. */
  #json(): void {
    if (this.#isOdd()) for (const write of this.#random.pick(this.#oddValues)) write();
    else this.#kind();
  }

  readonly #oddValues: readonly (readonly Write[])[] = [
    [],
    [() => this.#kind(), () => this.#kind()],
    [() => this.#nested(5, () => this.#struct()), () => this.#nested(5, () => this.#struct())],
    [() => this.#nested(6, () => this.#list()), () => this.#nested(6, () => this.#list())],
    [() => this.#kind(), () => this.#unknown()],
    [() => this.#number(this.#random.pick([Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, -(2 ** 60), 1e300]))],
    [() => this.#tag(4, 0), () => this.#varint(this.#random.pick([2, 2 ** 33]))],
    [() => this.#tag(1, 0), () => this.#varint(7)],
    [() => this.#wrongType(this.#random.below(6) + 1)],
  ];

  #kind(): void {
    const random = this.#random;
    switch (random.weighted(this.#depth >= DEPTH ? SCALARS : ALL)) {
      case 0:
        this.sink.bytes([8, 0]);
        break;
      case 1:
        this.#number(random.pick([0, -0, 1, -1, 0.5, 1e-300, 2 ** 53 - 1, 1 - 2 ** 53, random.below(1e6) / 7]));
        break;
      case 2:
        this.#text(3);
        break;
      case 3:
        this.sink.bytes([32, random.below(2)]);
        break;
      case 4:
        this.#nested(5, () => this.#struct());
        break;
      default:
        this.#nested(6, () => this.#list());
    }
  }

  #list(): void {
    this.#depth++;
    for (let count = this.#random.below(4); count > 0; count--) this.#nested(1, () => this.#json());
    this.#depth--;
  }

  #number(value: number): void {
    this.sink.byte(17);
    this.sink.bytes(new Uint8Array(Float64Array.of(value).buffer));
  }

  #text(number: number): void {
    const random = this.#random;
    const text = this.#isOdd() ? random.pick(NO_TEXTS) : random.pick(random.once(8) ? STRANGE : COMMON);
    this.#nested(number, () => {
      for (let count = random.once(20) ? 20 : 1; count > 0; count--) this.sink.bytes(text);
    });
  }

  #enum(): number {
    const random = this.#random;
    return random.once(20) ? random.pick([-1, 128, 2 ** 31, 2 ** 33 + 1]) : random.below(6);
  }

  #nested(number: number, write: Write): void {
    this.#tag(number, 2);
    this.sink.measured(write, (length) => this.#spelt(length));
  }

  #tag(number: number, wireType: number): void {
    this.#varint(number * 8 + wireType);
  }

  #varint(value: number): void {
    this.sink.bytes(this.#spelt(value));
  }

  /** Of more bytes than it needs, where it is odd. */
  #spelt(value: number): readonly number[] {
    const bytes = value >= 0 && value < 0x80 ? [value] : base128(value);
    if (!this.#isOdd() || bytes.length > 8) return bytes;
    return [...bytes.slice(0, -1), (bytes.at(-1) ?? 0) | 0x80, ...(this.#random.once(2) ? [0] : [0x80, 0])];
  }

  #unknown(): void {
    this.#anyType(this.#random.pick([10, 15, 100, 2 ** 29 - 1]), this.#random.pick([0, 1, 2, 3, 5]));
  }

  /** A field that is known, as it cannot be; perhaps as it can. */
  #wrongType(number: number): void {
    this.#anyType(number, this.#random.pick([0, 1, 3, 5]));
  }

  #anyType(number: number, wireType: number): void {
    this.#tag(number, wireType);
    this.sink.bytes(OF_TYPE[wireType] ?? []);
    if (wireType === 3) this.#tag(number, 4);
  }
}

/** How often a Value is null, a number, text, true or false, an object, a list. */
const ALL = [1, 2, 5, 1, 3, 2];
const SCALARS = ALL.slice(0, 4);

/** A value of each wire type. */
const OF_TYPE: Readonly<Record<number, readonly number[]>> = {
  0: [0xe7, 0x07],
  1: [1, 2, 3, 4, 5, 6, 7, 8],
  2: [2, 0xff, 0xfe],
  3: [8, 1, 11, 12],
  5: [1, 2, 3, 4],
};

function base128(value: number): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return [...bytes, Number(rest)];
}

const words =
  "a b c apiVersion kind metadata name labels annotations spec forProvider region status conditions type True";
const COMMON = [
  ...words.split(" "),
  "",
  "arn:aws:s3:::orders-archive-production",
  "crossplane.io/composition-resource-name",
  "a text that is a little longer than most of the others are, and so is read in another way",
].map((text) => Buffer.from(text));
const STRANGE = ["é", "größe", "🚀", "\0", "constructor", "日本語 and a text that is longer than a word"].map((text) =>
  Buffer.from(text),
);
const NO_TEXTS = [[0xc3], [0xff, 0x61], [0xed, 0xa0, 0x80], [...Buffer.from("longer than a word is"), 0x80]];
