import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { reason } from "../../runtime/reason.js";
import { type Credential } from "./credentials.js";

/**
 * Asks the program `docker-credential-NAME` for the credentials of a server, as docker does. Undefined where it has none.
 */
export async function askHelper(
  name: string,
  server: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Credential | undefined> {
  const program = `docker-credential-${name}`;
  const { code, output } = await run(program, server, env);
  if (code !== 0) {
    // Helpers say on standard output why they fail.
    if (/credentials not found|no credentials server URL|no credentials username/i.test(output)) return undefined;
    throw new Error(
      `cannot get credentials for ${server}: ${program} exited with ${code}; see what it says: echo ${server} | ${program} get`,
    );
  }
  const { Username, Secret } = parse(output, program);
  if (Username === "<token>") return { identityToken: Secret };
  return Username === "" && Secret === "" ? undefined : { username: Username, password: Secret };
}

async function run(
  program: string,
  input: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly code: number | null; readonly output: string }> {
  const child = spawn(program, ["get"], { env: { ...env }, stdio: ["pipe", "pipe", "ignore"] });
  // A helper need not read what it is asked.
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  try {
    const [[code], output] = await Promise.all([once(child, "close") as Promise<[number | null]>, text(child.stdout)]);
    return { code, output };
  } catch (error) {
    throw new Error(
      `cannot get credentials for ${input}: ${program} does not start: ${reason(error)}; ` +
        "install it, or take it out of credsStore and credHelpers in docker's config.json",
      { cause: error },
    );
  }
}

function parse(output: string, program: string): { readonly Username: string; readonly Secret: string } {
  try {
    const { Username, Secret } = JSON.parse(output) as { readonly Username?: unknown; readonly Secret?: unknown };
    if (typeof Username === "string" && typeof Secret === "string") return { Username, Secret };
  } catch {
    // Said below, without what it printed.
  }
  throw new Error(
    `cannot get credentials: ${program} printed no JSON with Username and Secret; use another version of it`,
  );
}
