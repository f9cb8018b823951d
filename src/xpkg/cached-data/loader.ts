/**
 * The program that runs `function.js`, which lies beside it, with the cached data in `function.cache`. Where V8 does not
 * take those, it says so in a line of the log, and compiles.
 */
export function loader(): string {
  return `"use strict";
const { readFileSync } = require("node:fs");
const file = \`\${__dirname}/function.js\`;
const script = ${compiled("file", "file", `readFileSync(__dirname + "/function.cache")`)};
if (script.cachedDataRejected) {
  const msg = "cannot use function.cache, which another Node or other flags have made; compiling instead";
  require("node:process").stderr.write(\`\${JSON.stringify({ level: "warn", time: new Date().toISOString(), msg })}\\n\`);
}
script.runInThisContext()(exports, require, module, file, __dirname);
`;
}

/**
 * The program that makes `function.cache` of `function.js`, both beside it, and writes the version of Node into
 * `node-version`. What starting compiles is in it: the program is told to print its help, which runs all modules and
 * serves nobody.
 *
 * @param path where `function.js` will be in the image
 */
export function maker(path: string): string {
  return `"use strict";
const { readFileSync, writeFileSync } = require("node:fs");
const file = \`\${__dirname}/function.js\`;
const script = ${compiled("file", JSON.stringify(path), "undefined")};
const host = require("node:process");
host.argv = [host.argv[0], file, "--help"];
host.stdout.write = () => true;
script.runInThisContext()(exports, require, module, file, __dirname);
host.once("beforeExit", () => {
  writeFileSync(\`\${__dirname}/function.cache\`, script.createCachedData());
  writeFileSync(\`\${__dirname}/node-version\`, host.version);
});
`;
}

/** V8 takes cached data only for the very text that it was made of. */
function compiled(file: string, name: string, cachedData: string): string {
  return `new (require("node:vm").Script)(
  \`(function (exports, require, module, __filename, __dirname) {\${readFileSync(${file}, "utf8")}\\n})\`,
  {
    filename: ${name},
    cachedData: ${cachedData},
    importModuleDynamically: require("node:vm").constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  },
)`;
}
