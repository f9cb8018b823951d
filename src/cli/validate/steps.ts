/**
 * The steps of a problem's path, such as `spec.tags[a.b].c`, in the value that it is about: as far as the value goes, since
 * what is missing has no place. A key may have dots and brackets in it; the value decides.
 */
export function stepsOf(value: unknown, path: string): readonly (string | number)[] {
  return path === "." ? [] : follow(value, path, true);
}

function follow(value: unknown, path: string, first = false): readonly (string | number)[] {
  if (typeof value !== "object" || value === null || path === "") return [];
  const ways = Object.entries(value).flatMap(([key, inner]) => {
    const rest = after(path, key, Array.isArray(value), first);
    if (rest === undefined) return [];
    return [[Array.isArray(value) ? Number(key) : key, ...follow(inner, rest)]];
  });
  // Of several readings the one that leads on.
  return ways.sort((a, b) => b.join(".").length - a.join(".").length)[0] ?? [];
}

/** What is left of a path behind a key; undefined where it does not begin with it. */
function after(path: string, key: string, inList: boolean, first: boolean): string | undefined {
  const forms = inList ? [`[${key}]`] : [`[${key}]`, first ? key : `.${key}`];
  const form = forms.find((each) => path.startsWith(each) && /^(?:$|[.[])/.test(path.slice(each.length)));
  return form === undefined ? undefined : path.slice(form.length);
}
