/** Makes something of a text once: what was made is kept, and all of it forgotten where it is too much. */
export function remembered<T>(make: (text: string) => T): (text: string) => T {
  const made = new Map<string, T>();
  return (text) => {
    const known = made.get(text);
    if (known !== undefined) return known;
    const fresh = make(text);
    if (made.size >= MOST) made.clear();
    made.set(text, fresh);
    return fresh;
  };
}

const MOST = 1000;
