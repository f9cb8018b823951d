/** How a string is to be written. */
export interface TextOptions {
  /** The column of its lines after the first. */
  readonly indent: number;
  /** Whether it may have several lines: all but simple keys. */
  readonly folds: boolean;
}
