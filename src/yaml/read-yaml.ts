import { decode } from "./decode.js";
import { type Json } from "./json.js";
import { Lines, type Position } from "./lines.js";
import { locate } from "./locate.js";
import { parse } from "./parse.js";
import { cannotRead } from "./yaml-error.js";

/** What was read, and where it stands. */
export interface YAMLDocument {
  /** `null` also if there was nothing but white space and comments. */
  readonly value: Json;
  /**
   * Where the value at a path stands: at its key if it is in a map, or else where it begins. If there is no such value,
   * where the nearest one stands that holds it. What is reached through an alias stands where it is written out.
   *
   * @returns undefined if the document is empty
   */
  position(path: readonly (string | number)[]): Position | undefined;
}

/**
 * Reads the first document of a text as Kubernetes' tools read a manifest (`Unmarshal` of sigs.k8s.io/yaml into an
 * unstructured object): scalars as YAML 1.1 has them, merges in the order in which they are written, the last of
 * duplicate keys. Keys that are no strings become some. Whatever follows the first document is not looked at.
 *
 * Refused, though Go reads it: text after the root has ended without a "---", which Go drops without a word; lines in
 * quotes, brackets or braces that are indented less than what holds them; "?" in plain text within brackets and braces.
 *
 * @throws Error of one line that begins "cannot read YAML: line 3, column 5: ". It quotes nothing of the text
 */
export function readYAML(text: string): YAMLDocument {
  return readPiece(text, 0);
}

/**
 * The same for a piece of a file.
 *
 * @param linesBefore how many lines of the file come before the piece
 */
export function readPiece(piece: string, linesBefore: number): YAMLDocument {
  const text = normalized(piece);
  const lines = new Lines(text, linesBefore);
  const fail = (offset: number, problem: string) => cannotRead(lines.at(offset), problem);
  const parsed = parse(text, fail);
  const value = parsed === undefined ? null : decode(parsed, fail);
  return { value, position: (path) => (parsed === undefined ? undefined : lines.at(locate(parsed, path))) };
}

/** Without what marks the encoding, and with the one line break that the rest of this room knows. */
function normalized(text: string): string {
  return (text.startsWith("\ufeff") ? text.slice(1) : text).replace(/\r\n?|\u0085/g, "\n");
}
