// Looks for secrets in what a run has printed and written. Each secret that a simulation makes up has a word in it that
// stands nowhere else, so that any of them is found: in clear, or in base64.
//
//   node .ci/scan-secrets.mjs PATH…        files, or folders of them; fails where there is one, and where there is nothing to read
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

// Written in two halves, so that no copy of this file is found.
const WORD = ["Simulated", "Secret"].join("");

const files = process.argv.slice(2).flatMap(filesBelow);
const found = files.flatMap((file) => {
  const text = readFileSync(file, "latin1");
  return forms(WORD)
    .filter((form) => text.includes(form))
    .map((form) => `${file}:${text.slice(0, text.indexOf(form)).split("\n").length}`);
});

for (const place of found) console.log(`a secret of a simulation stands in ${place}`);
if (files.length === 0) console.log("there is nothing to look for secrets in");
console.log(`looked for secrets in ${files.length} files`);
process.exitCode = found.length > 0 || files.length === 0 ? 1 : 0;

function filesBelow(path) {
  return statSync(path).isDirectory() ? readdirSync(path).flatMap((name) => filesBelow(join(path, name))) : [path];
}

/** The word, and what is left of it in base64 wherever it begins: the same letters, but for those at its ends. */
function forms(word) {
  const encoded = [0, 1, 2].map((before) => {
    const text = Buffer.from(" ".repeat(before) + word).toString("base64");
    const first = before === 0 ? 0 : 4;
    return text.slice(first, Math.floor(((before + word.length) * 8) / 24) * 4);
  });
  return [word, ...encoded];
}
