import { createColors } from "picocolors";
import { printable } from "./printable.js";
import { type Finding, type Report, type Result, titleOf } from "./report.js";

/** A line for each finding, and one that sums up. */
export function printText({ objects, summary }: Report, isColored: boolean): string {
  const { bold, green, red, yellow } = createColors(isColored);
  const alike = countKinds(objects);
  const lines = objects.flatMap((result) => [
    ...result.problems.map((finding) => line(result, finding, "", red)),
    ...uncheckedOnce(result, alike).map((finding) => line(result, finding, "unchecked: ", yellow)),
    ...result.warnings.map((finding) => line(result, finding, "warning: ", yellow)),
  ]);
  const { refused, unchecked, valid, warnings } = summary;
  const counts = [
    valid > 0 ? green(`${valid} valid`) : "0 valid",
    ...(refused > 0 ? [red(`${refused} refused`)] : []),
    ...(unchecked > 0 ? [yellow(`${unchecked} unchecked`)] : []),
    ...(warnings > 0 ? [yellow(`${warnings} ${warnings === 1 ? "warning" : "warnings"}`)] : []),
  ];
  const found =
    summary.objects > 0 || summary.definitions === 0 ? counts.join(", ") : yellow(only(summary.definitions));
  const sum = `${bold(`${summary.objects} ${summary.objects === 1 ? "object" : "objects"}`)}: ${found}`;
  return [...lines, sum].map((each) => `${each}\n`).join("");
}

function only(definitions: number): string {
  if (definitions === 1) return "there is only 1 definition, which is not validated itself";
  return `there are only ${definitions} definitions, which are not validated themselves`;
}

interface Alike {
  readonly first: Result;
  count: number;
}

/** How many objects there are of each kind that nothing defines. */
function countKinds(objects: readonly Result[]): ReadonlyMap<string, Alike> {
  const kinds = new Map<string, Alike>();
  for (const result of objects.filter(({ isDefined }) => !isDefined)) {
    const known = kinds.get(kindOf(result));
    if (known) known.count += 1;
    else kinds.set(kindOf(result), { first: result, count: 1 });
  }
  return kinds;
}

function kindOf({ apiVersion, kind }: Result): string {
  return `${apiVersion} ${kind}`;
}

/** Of many objects that nothing defines only the first of each kind is listed. */
function uncheckedOnce(result: Result, kinds: ReadonlyMap<string, Alike>): readonly Finding[] {
  const { isDefined, unchecked } = result;
  const alike = kinds.get(kindOf(result));
  if (isDefined || !alike) return unchecked;
  if (alike.first !== result) return [];
  const more = alike.count - 1;
  const others = more === 0 ? "" : `, and so for ${more} more ${more === 1 ? "object" : "objects"}`;
  return unchecked.map((finding) => ({ ...finding, message: `${finding.message}${others}` }));
}

function line(result: Result, finding: Finding, prefix: string, color: (text: string) => string): string {
  const place = `${printable(result.file)}:${finding.line}:${finding.column}`;
  const path = finding.path === "." ? "" : `${printable(finding.path)}: `;
  return `${place}: ${printable(titleOf(result))}: ${path}${color(prefix + printable(finding.message))}`;
}
