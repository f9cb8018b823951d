import { type Position } from "./lines.js";

/** Says in one line where a text is wrong, and what is wrong there, and quotes nothing of it: it may be of a Secret. */
export function cannotRead({ line, column }: Position, problem: string): Error {
  return new Error(`cannot read YAML: line ${line}, column ${column}: ${problem}`);
}

/** @param path of the value in the object that was to be printed, such as `spec.items[3]` */
export function cannotPrint(path: string, problem: string): Error {
  return new Error(`cannot print YAML: ${path === "" ? "" : `${path}: `}${problem}`);
}

/** What to throw for a problem at an offset of the text. */
export type Fail = (offset: number, problem: string) => Error;
