import { remembered } from "../schema/remembered.js";
import { type JsonValue } from "../wire/index.js";

/**
 * A time as Kubernetes reads and writes it: RFC 3339, in UTC and whole seconds. What Go takes for a time is one, such as an
 * hour of one digit and an offset of 24 hours.
 *
 * @returns null for none, undefined for what is no time
 */
export function readTime(value: JsonValue | undefined): string | null | undefined {
  if (value == null) return null;
  return typeof value === "string" ? timeOf(value) : undefined;
}

const timeOf = remembered((text: string): string | undefined => {
  const found = TIME.exec(text);
  if (!found) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1, 7).map(Number);
  const [hours = 0, minutes = 0] = found.slice(8, 10).map((text) => Number(text ?? 0));
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const isDay = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!isDay || hour > 23 || minute > 59 || second > 59 || hours > 24 || minutes > 60) return undefined;
  date.setUTCHours(hour, minute + (found[7] === "-" ? 1 : -1) * (hours * 60 + minutes), second);
  return `${date.toISOString().slice(0, 19)}Z`;
});

const TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d{1,2}):(\d\d):(\d\d)(?:[.,]\d+)?(?:Z|([+-])(\d\d):(\d\d))$/;
