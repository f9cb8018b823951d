import { hasFormat } from "./format.js";
import { isInteger } from "./json.js";
import { type OpenAPI } from "./openapi.js";
import { count, type Findings, show } from "./problem.js";
import { re2 } from "./re2.js";

/**
 * Lengths count code points. As on the API server, only the first of length and pattern that is violated is reported.
 */
export function validateString(schema: OpenAPI, value: string, path: string, findings: Findings): void {
  validateText(schema, value, path, findings);
  const { format } = schema;
  if (format !== undefined && !hasFormat(format, value))
    findings.block(path, `must have the format ${format}, not ${show(value)}`);
}

function validateText(schema: OpenAPI, value: string, path: string, findings: Findings): void {
  const { maxLength, minLength, pattern } = schema;
  if (maxLength !== undefined && value.length > maxLength && codePoints(value) > maxLength) {
    findings.block(path, `must have at most ${count(maxLength, "character")}, not ${codePoints(value)}`);
    return;
  }
  if (minLength !== undefined && codePoints(value) < minLength) {
    findings.add(path, `must have at least ${count(minLength, "character")}, not ${codePoints(value)}`);
    return;
  }
  if (!pattern) return;
  try {
    if (!re2(pattern).test(value)) findings.add(path, `must match ${pattern}, not ${show(value)}`);
  } catch (error) {
    findings.add(path, `cannot be matched: ${(error as Error).message}`);
  }
}

/** Integers are compared with the integer part of a bound, as the API server does. */
export function validateNumber(schema: OpenAPI, value: number, path: string, findings: Findings): void {
  const whole = isInteger(value);
  const bound = (limit: number) => (whole ? Math.trunc(limit) : limit);
  const { maximum, minimum, multipleOf } = schema;
  if (minimum !== undefined) {
    const exclusive = schema.exclusiveMinimum === true;
    if (exclusive ? value <= bound(minimum) : value < bound(minimum)) {
      findings.add(path, `must be ${exclusive ? "more than" : "at least"} ${minimum}, not ${value}`);
    }
  }
  if (maximum !== undefined) {
    const exclusive = schema.exclusiveMaximum === true;
    if (exclusive ? value >= bound(maximum) : value > bound(maximum)) {
      findings.add(path, `must be ${exclusive ? "less than" : "at most"} ${maximum}, not ${value}`);
    }
  }
  if (multipleOf !== undefined && !isMultiple(value, bound(multipleOf))) {
    findings.add(path, `must be a multiple of ${multipleOf}, not ${value}`);
  }
}

/** The relative error that the API server lets pass. */
const EPSILON = 1e-9;

function isMultiple(value: number, factor: number): boolean {
  if (factor <= 0) return false;
  if (isInteger(value)) return value % factor === 0;
  const times = factor < 1 ? (1 / factor) * value : value / factor;
  if (!Number.isFinite(times) || Math.abs(times) > Number.MAX_SAFE_INTEGER) return false;
  const whole = Math.trunc(times);
  return times === whole || (whole !== 0 && Math.abs(times - whole) / (Math.abs(times) + Math.abs(whole)) < EPSILON);
}

function codePoints(value: string): number {
  let length = 0;
  for (const _ of value) length += 1;
  return length;
}
