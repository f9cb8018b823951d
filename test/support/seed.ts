import fc from "fast-check";

/**
 * Where generated cases begin. It is the same in every run, so that CI says the same of the same tree; FC_SEED begins
 * elsewhere, to look for what no run has seen yet.
 */
export const seed = Number(process.env["FC_SEED"] ?? 20_240_101);

fc.configureGlobal({ seed });
