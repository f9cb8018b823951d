import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { argumentsOf, filesOf } from "./case-files.js";
import { renderOurselves } from "./ours.js";
import { type Rendered, renderForReal } from "./real.js";
import { type RenderCase } from "./render-case.js";
import { inStableOrder } from "./stable-order.js";

/** Where scripted functions listen, by name. */
export type Addresses = Readonly<Record<string, string>>;

/** What the real CLI and ours make of the same case, in stable order. */
export async function renderBoth(one: RenderCase, addresses: Addresses): Promise<{ real: Rendered; ours: Rendered }> {
  return inFolderOf(one, addresses, async (args, folder) => ({
    real: comparable(await renderForReal(args, folder)),
    ours: comparable(await renderOurselves(args, folder)),
  }));
}

/** What ours makes of a case, in stable order. */
export async function renderOurs(one: RenderCase, addresses: Addresses): Promise<Rendered> {
  return inFolderOf(one, addresses, async (args, folder) => comparable(await renderOurselves(args, folder)));
}

async function inFolderOf<T>(
  one: RenderCase,
  addresses: Addresses,
  render: (args: readonly string[], folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "trimtab-render-"));
  try {
    for (const [path, content] of Object.entries(filesOf(one))) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), typeof content === "string" ? addressed(content, addresses) : content);
    }
    const args = argumentsOf(one).map((arg) => addressed(arg, addresses));
    return await render(args, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function addressed(text: string, addresses: Addresses): string {
  return text.replace(/\{\{([a-z-]+)\}\}/g, (whole, name: string) => addresses[name] ?? whole);
}

/**
 * What was printed before a failure is no output that anybody should read: the real CLI prints its help where the command
 * line is wrong, and the documents before one that cannot be written as YAML.
 */
function comparable({ stdout, stderr, code }: Rendered): Rendered {
  return { stdout: code === 0 ? inStableOrder(stdout) : "", stderr, code };
}
