/** Rendering took longer than it may. The program exits with 255, as Crossplane's own does then. */
export class TimedOut extends Error {
  override readonly name = "TimedOut";
}
