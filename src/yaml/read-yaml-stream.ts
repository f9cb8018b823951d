import { readPiece, type YAMLDocument } from "./read-yaml.js";
import { cannotRead } from "./yaml-error.js";

/**
 * Reads every manifest of a file, which lines of "---" part, as the crossplane CLI does (`NewYAMLReader` of
 * k8s.io/apimachinery, which does not know YAML). Lines of the result are those of the file. A piece that holds white space
 * or comments alone is a document as well, of `null`; nothing at all is none.
 *
 * @throws Error as {@link readYAML} does, and also at a line that begins with "---" and goes on with more than a comment
 */
export function readYAMLStream(text: string): readonly YAMLDocument[] {
  return split(text).map(({ piece, linesBefore }) => readPiece(piece, linesBefore));
}

interface Piece {
  readonly piece: string;
  readonly linesBefore: number;
}

/** Each line ends in "\n" afterwards, the last one too. A separator that nothing comes before is part of what follows. */
function split(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let lines: string[] = [];
  let linesBefore = 0;
  const finish = () => {
    if (lines.length > 0) pieces.push({ piece: lines.join(""), linesBefore });
    lines = [];
  };
  for (const [index, line] of linesOf(text).entries()) {
    const separates = isSeparator(line, index);
    if (separates && lines.length > 0) {
      finish();
      linesBefore = index + 1;
    } else {
      lines.push(`${line}\n`);
    }
  }
  finish();
  return pieces;
}

function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

function isSeparator(line: string, index: number): boolean {
  if (!line.startsWith("---")) return false;
  if (/^---(?:\u0085|(?!\ufeff)\s)*(?:$|#)/.test(line)) return true;
  throw cannotRead({ line: index + 1, column: 1 }, `"---" parts documents: nothing but a comment may follow it here`);
}
