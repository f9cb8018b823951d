import { replace } from "./replace.js";

export interface TimeZone {
  /** In the IANA database. */
  readonly name: string;
  /** Minutes that are added to UTC, all year round. */
  readonly offset: number;
}

/**
 * Replaces what tells the time, and what tells it as of a place. The zone of a process cannot be changed while it runs, so
 * dates are moved by its offset and read as UTC.
 *
 * @param tick the time, in milliseconds since the epoch
 * @returns what puts it all back
 */
export function elsewhere({ tick, timeZone }: { readonly tick: () => number; readonly timeZone: TimeZone }) {
  const { prototype } = Date;
  const ms = timeZone.offset * 60_000;
  const moved = (date: Date) => new Real(date.getTime() + ms);
  const Real = Date;
  const { DateTimeFormat } = Intl;
  const construct = (_: object, args: readonly unknown[], newTarget: new () => object): object => {
    if (args.length === 0) return Reflect.construct(Real, [tick()], newTarget);
    if (args.length > 1) return Reflect.construct(Real, [utc(args) - ms], newTarget);
    const [only] = args;
    // Without a zone of its own, a text with a time is of the place.
    const isLocal = typeof only === "string" && /^\d{4}-\d\d-\d\dT[\d:.]+$/.test(only);
    return Reflect.construct(Real, [isLocal ? Real.parse(`${only}Z`) - ms : only], newTarget);
  };
  const fake = new Proxy(Real, { construct, apply: () => textOf(new Real(tick())) });
  const textOf = (date: Date) => moved(date).toUTCString().replace(/GMT$/, `(${timeZone.name})`);
  const zoned = (options: Intl.DateTimeFormatOptions = {}) => ({ timeZone: timeZone.name, ...options });
  const formats = new Proxy(DateTimeFormat, {
    construct: (_, [locale, options]) => new DateTimeFormat(locale, zoned(options)),
    apply: (_, _this, [locale, options]) => new DateTimeFormat(locale, zoned(options)),
  });
  const getters = ["FullYear", "Month", "Date", "Day", "Hours", "Minutes", "Seconds", "Milliseconds"] as const;
  const localized = ["toLocaleString", "toLocaleDateString", "toLocaleTimeString"] as const;
  const originals = Object.fromEntries(localized.map((name) => [name, prototype[name]]));
  return [
    replace(globalThis, "Date", fake),
    replace(Real, "now", tick),
    replace(prototype, "getTimezoneOffset", () => -timeZone.offset),
    ...getters.map((name) =>
      replace(prototype, `get${name}`, function (this: Date) {
        return moved(this)[`getUTC${name}`]();
      }),
    ),
    ...["toString", "toDateString", "toTimeString"].map((name) =>
      replace(prototype, name, function (this: Date) {
        return textOf(this);
      }),
    ),
    ...localized.map((name) =>
      replace(prototype, name, function (this: Date, locale?: string, options?: Intl.DateTimeFormatOptions) {
        return originals[name]?.call(this, locale, zoned(options));
      }),
    ),
    replace(Intl, "DateTimeFormat", formats),
  ];
}

function utc(args: readonly unknown[]): number {
  const [year = Number.NaN, month = 0, ...rest] = args.map(Number);
  return Date.UTC(year, month, ...rest);
}
