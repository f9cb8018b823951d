/** A doc comment of one line, or of as many as its width asks for; each indented and ended. Empty for no text. */
export function docComment(text: string | undefined, indent: string): string {
  const words = (text ?? "").replaceAll("*/", "*\\/").split(/\s+/).filter(Boolean);
  if (words.length === 0) return "";
  const line = `${indent}/** ${words.join(" ")} */\n`;
  if (line.length <= WIDTH + 1) return line;
  const lines = wrapped(words, WIDTH - indent.length - 3);
  return [`${indent}/**`, ...lines.map((each) => `${indent} * ${each}`), `${indent} */`, ""].join("\n");
}

const WIDTH = 120;

function wrapped(words: readonly string[], length: number): readonly string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= length) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
