/**
 * Whether go-yaml v2 takes a text for a timestamp: a date alone, with a time after "T" or "t" and a zone, or with a time
 * after spaces and no zone (Go's `time.Parse` with the layouts of go-yaml).
 */
export function isTimestamp(text: string): boolean {
  const [, year, month, day, rest] = DATE.exec(text) ?? [];
  if (rest === undefined || !isDate(Number(year), Number(month), Number(day))) return false;
  if (rest === "") return true;
  const [, hour, minute, second, zoneHour = "0", zoneMinute = "0"] = ZONED.exec(rest) ?? LOCAL.exec(rest) ?? [];
  if (Number(zoneHour) > 24 || Number(zoneMinute) > 60) return false;
  return Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
}

const DATE = /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(|[Tt ].*)$/;
const ZONED = /^[Tt]([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,][0-9]+)?(?:Z|[-+]([0-9]{2}):([0-9]{2}))$/;
const LOCAL = /^ +([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,][0-9]+)?$/;

function isDate(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
