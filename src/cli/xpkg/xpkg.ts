import { type CommandDef, defineCommand } from "citty";
import { type IO } from "../io.js";

/** `trimtab xpkg` */
export function xpkg(io: IO): CommandDef {
  return defineCommand({
    meta: { name: "xpkg", description: "Build, push and look into Crossplane packages, without Docker." },
    subCommands: {
      build: async () => (await import("./build.js")).build(io),
      push: async () => (await import("./push.js")).push(io),
      inspect: async () => (await import("./inspect.js")).inspect(io),
      extract: async () => (await import("./extract.js")).extract(io),
    },
  });
}
