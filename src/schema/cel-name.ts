/** The name by which a rule reads a property, as Kubernetes escapes it. */
export function escapeName(name: string): string {
  if (RESERVED.has(name)) return `__${name}__`;
  if (!SPECIAL.test(name)) return name;
  return name.replace(/__|[.\-/]/g, (part) => ESCAPES[part] ?? part);
}

const SPECIAL = /__|[.\-/]/;

/** Names that CEL keeps for itself. */
const RESERVED = new Set(
  "true false null in as break const continue else for function if import let loop package namespace return var void while".split(
    " ",
  ),
);

const ESCAPES: Readonly<Record<string, string>> = {
  __: "__underscores__",
  ".": "__dot__",
  "-": "__dash__",
  "/": "__slash__",
};
