import { type CommandDef, defineCommand } from "citty";
import { type IO } from "./io.js";

/** The program: its commands, each loaded when it is asked for. */
export function trimtab(io: IO): CommandDef {
  return defineCommand({
    meta: { name: "trimtab", description: "Write Crossplane composition functions in TypeScript." },
    subCommands: {
      render: async () => (await import("./render/render.js")).render(io),
      simulate: async () => (await import("./simulate/simulate.js")).simulate(io),
      validate: async () => (await import("./validate/validate.js")).validate(io),
      serve: async () => (await import("./serve/serve.js")).serve(io),
      synth: async () => (await import("./synth/synth.js")).synth(io),
      xpkg: async () => (await import("./xpkg/xpkg.js")).xpkg(io),
      generate: async () => (await import("./generate/generate.js")).generate(io),
    },
  });
}
