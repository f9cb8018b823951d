/** How many code points a prefix may have. */
export const prefixLimit = 512;

/**
 * What is wrong with a prefix of object keys, or undefined. A prefix is meant literally, so it may hold nothing that
 * IAM reads otherwise: `*` and `?` are its wildcards, `$` begins its variables. Empty segments and `.` and `..` are
 * refused too: they are legal in keys, yet clients and proxies resolve them. The empty prefix is the whole bucket.
 */
export function prefixProblem(prefix: string): string | undefined {
  const broken = prefix === "" ? undefined : RULES.find(({ breaks }) => breaks(prefix));
  const shown = prefix.length > 60 ? `${[...prefix].slice(0, 60).join("")}…` : prefix;
  return broken && `prefix ${JSON.stringify(shown)} ${broken.message}`;
}

interface Rule {
  readonly breaks: (prefix: string) => boolean;
  readonly message: string;
}

/**
 * Keys have at most 1,024 bytes of UTF-8, and one byte at least is the object's (Amazon S3 User Guide, object keys).
 */
const BYTE_LIMIT = 1_023;

const RULES: readonly Rule[] = [
  {
    breaks: (prefix) => /[*?$]/.test(prefix),
    message: "holds *, ? or $, which IAM does not read literally: write the prefix without them",
  },
  {
    breaks: (prefix) => /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u.test(prefix),
    message: "holds a control character, or one that nobody can see: write the prefix without it",
  },
  { breaks: (prefix) => prefix.startsWith("/"), message: 'begins with "/": keys do not, so leave it out' },
  {
    breaks: (prefix) => !prefix.endsWith("/"),
    message: 'does not end in "/": without it, siblings would match as well',
  },
  { breaks: (prefix) => prefix.includes("//"), message: 'holds "//": write one slash' },
  {
    breaks: (prefix) => prefix.split("/").some((segment) => segment === "." || segment === ".."),
    message: 'holds a segment "." or "..": write the prefix without it',
  },
  {
    breaks: (prefix) => [...prefix].length > prefixLimit || Buffer.byteLength(prefix) > BYTE_LIMIT,
    message: `is too long: use at most ${prefixLimit} characters and ${BYTE_LIMIT} bytes`,
  },
];
