import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { repository } from "../support/repository.js";
import { tools } from "../tools/index.js";

/** Before the first suite: the real programs, however long they take to build, and our own as it is in src/. */
export default async function setup(): Promise<void> {
  await tools(["crossplane", "crossplane-core"]);
  await promisify(execFile)("npm", ["run", "build"], { cwd: repository });
}
