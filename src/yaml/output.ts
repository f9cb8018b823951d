/** The text of a YAML document as it grows, and what go-yaml's emitter knows of its last line. */
export class Output {
  #text = "";
  #column = 0;
  #whitespace = true;
  #indention = true;

  get text(): string {
    return this.#text;
  }

  /** In characters, from 0. */
  get column(): number {
    return this.#column;
  }

  /** Whether nothing but indentation and indicators of blocks is in the line so far. */
  get indention(): boolean {
    return this.#indention;
  }

  /** Goes to a column: in this line, if all before it is indentation, or else in a new one. */
  indentTo(column: number): void {
    const taken = this.#column > column || (this.#column === column && !this.#whitespace);
    if (!this.#indention || taken) this.lineBreak("\n");
    if (this.#column < column) this.#put(" ".repeat(column - this.#column));
    this.#whitespace = true;
    this.#indention = true;
  }

  /** Writes what opens a node of a block ("-", "?" or ":" after a key that has a "?"). */
  blockIndicator(indicator: string): void {
    this.space();
    this.#put(indicator);
    this.#whitespace = false;
  }

  /** Writes text that is no indentation, and has no line breaks. */
  write(text: string): void {
    this.#put(text);
    this.#whitespace = false;
    this.#indention = false;
  }

  /** Parts what comes next from what is there. */
  space(): void {
    if (!this.#whitespace) this.#put(" ");
  }

  /** Ends the line. */
  lineBreak(character: string): void {
    this.#text += character;
    this.#column = 0;
    this.#whitespace = true;
    this.#indention = true;
  }

  #put(text: string): void {
    this.#text += text;
    this.#column += text.length;
  }
}
