import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type BundledPackage } from "./bundled-packages.js";

/** The licenses of packages in one text, as most of them ask of whoever hands them on. */
export function licenseTexts(packages: readonly BundledPackage[]): string {
  return packages.map(section).join(`\n${"-".repeat(80)}\n\n`);
}

function section({ name, version, license, folder }: BundledPackage): string {
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  const texts = files.sort().map((file) => readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim());
  return `${[`${name} ${version}: ${license ?? "license not said"}`, ...texts].join("\n\n")}\n`;
}
