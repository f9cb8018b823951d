/** The parts of a flag's value, which a separator divides unless a backslash stands before it. An empty last one is none. */
export function splitEscaped(text: string, separator: string): readonly string[] {
  const parts = [""];
  const characters = [...text];
  for (let index = 0; index < characters.length; index++) {
    const character = characters[index] ?? "";
    const isEscape = character === "\\" && index < characters.length - 1;
    if (character === separator) parts.push("");
    else if (isEscape && characters[index + 1] === separator) {
      parts.push(`${parts.pop()}${separator}`);
      index++;
    } else parts.push(`${parts.pop()}${character}`);
  }
  return parts.at(-1) === "" ? parts.slice(0, -1) : parts;
}
