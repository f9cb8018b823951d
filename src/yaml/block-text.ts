import { type Leaf } from "./leaves.js";
import { type Fail } from "./yaml-error.js";

/**
 * The text of a literal or folded block, as go-yaml v2 reads it: its indentation is that of its first line, or that of a
 * longer empty line before it. A last line without a line break has none to keep.
 *
 * @throws what `fail` makes if a tab is where indentation is expected, or the block does not end where the parser says
 */
export function blockText({ text, start, end, indent }: Block, fail: Fail): string {
  HEADER.lastIndex = start;
  const header = HEADER.exec(text);
  if (header === null) throw fail(start, "the header of a block scalar has more than indicators and a comment");
  const [{ length }, indicators = ""] = header;
  const reader = new BlockReader(text, start + length, fail);
  const content = reader.read({ least: indent + 1, given: given(indicators, indent), folded: text[start] === ">" });
  if (text.slice(Math.min(reader.at, end), Math.max(reader.at, end)).search(/[^ \t\n]/) !== -1) {
    throw fail(reader.at, "a block scalar ends where its lines are indented less than its first one");
  }
  if (indicators.includes("+")) return content.text + content.lastBreak + content.emptyLines;
  return indicators.includes("-") ? content.text : content.text + content.lastBreak;
}

interface Block extends Pick<Leaf, "start" | "end" | "indent"> {
  readonly text: string;
}

const HEADER = /[|>]([-+]?[1-9]?|[1-9][-+])[ \t]*(?:#[^\n\u2028\u2029]*)?(?:[\n\u2028\u2029]|$)/y;

/** The indentation that an indicator asks for, within the block around it. */
function given(indicators: string, indent: number): number | undefined {
  const digit = /[1-9]/.exec(indicators)?.[0];
  return digit === undefined ? undefined : Math.max(indent, 0) + Number(digit);
}

interface Content {
  readonly text: string;
  /** What ends the last line that has text; nothing at the end of the input. */
  readonly lastBreak: string;
  readonly emptyLines: string;
}

class BlockReader {
  readonly #text: string;
  readonly #fail: Fail;
  #column = 0;
  at: number;

  constructor(text: string, at: number, fail: Fail) {
    this.#text = text;
    this.#fail = fail;
    this.at = at;
  }

  read(options: { readonly least: number; readonly given: number | undefined; readonly folded: boolean }): Content {
    let { emptyLines, deepest } = this.#skipEmpty(options.given);
    const indent = options.given ?? Math.max(deepest, options.least, 1);
    let text = "";
    let lastBreak = "";
    let wasBlank = false;
    while (this.#column === indent && this.at < this.#text.length) {
      const isBlank = /[ \t]/.test(this.#text.charAt(this.at));
      const joins = options.folded && lastBreak === "\n" && !wasBlank && !isBlank;
      text += joins ? (emptyLines === "" ? " " : emptyLines) : lastBreak + emptyLines;
      text += this.#line();
      lastBreak = this.#break();
      wasBlank = isBlank;
      ({ emptyLines, deepest } = this.#skipEmpty(indent));
    }
    return { text, lastBreak, emptyLines };
  }

  /** Goes past empty lines, and to the text of the first that is none; undefined is an indentation yet to be found. */
  #skipEmpty(indent: number | undefined): { readonly emptyLines: string; readonly deepest: number } {
    let emptyLines = "";
    let deepest = 0;
    for (;;) {
      const within = () => indent === undefined || this.#column < indent;
      while (within() && this.#text[this.at] === " ") this.#step();
      deepest = Math.max(deepest, this.#column);
      if (within() && this.#text[this.at] === "\t") throw this.#fail(this.at, "a tab is where indentation is expected");
      const lineBreak = this.#break();
      if (lineBreak === "") return { emptyLines, deepest };
      emptyLines += lineBreak;
    }
  }

  #line(): string {
    LINE.lastIndex = this.at;
    const line = LINE.exec(this.#text)?.[0] ?? "";
    this.at += line.length;
    this.#column += line.length;
    return line;
  }

  #break(): string {
    const character = this.#text.charAt(this.at);
    if (!/[\n\u2028\u2029]/.test(character)) return "";
    this.at++;
    this.#column = 0;
    return character;
  }

  #step(): void {
    this.at++;
    this.#column++;
  }
}

const LINE = /[^\n\u2028\u2029]*/y;
