/** The first field of an object that a message names, such as `spec.pipeline[0].step`; empty if it names none. */
export function fieldIn(message: string): readonly (string | number)[] {
  const [text = ""] = /\b(?:spec|metadata|status)(?:\.[A-Za-z]\w*|\[\d+\])+/.exec(message) ?? [];
  return segmentsOf(text);
}

/** The segments of a path: `spec.names[0]["a.b"]`. */
export function segmentsOf(path: string): readonly (string | number)[] {
  return [...path.matchAll(/\[(\d+)\]|\["([^"]*)"\]|([^.[\]]+)/g)].map(([, index, quoted, field]) =>
    index === undefined ? (quoted ?? field ?? "") : Number(index),
  );
}
