/** What a program said that failed: the error in it, without the lines of code and of the stack around that. */
export function saidBy(stderr: string): string | undefined {
  const lines = stderr.split("\n").filter((line) => line.trim() !== "");
  return lines.find((line) => /^[\w-]+: |^\w*Error\b|error while loading/.test(line))?.slice(0, 300);
}
