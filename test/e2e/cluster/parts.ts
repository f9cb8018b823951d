/** How long each part of something takes that is done part by part. */
export class Parts {
  readonly #began = performance.now();
  readonly #parts: { readonly name: string; readonly at: number }[] = [];

  /** A part is done; what comes after it begins. */
  done(name: string): void {
    this.#parts.push({ name, at: performance.now() });
  }

  /** In seconds: `up in 41 s: tools 0.2, control plane 12.9, packages 3.0`. */
  text(): string {
    const text = this.#parts.map(({ name, at }, index) => {
      const before = this.#parts[index - 1]?.at ?? this.#began;
      return `${name} ${((at - before) / 1000).toFixed(1)}`;
    });
    const end = this.#parts.at(-1)?.at ?? this.#began;
    return `up in ${Math.round((end - this.#began) / 1000)} s: ${text.join(", ")}`;
  }
}
