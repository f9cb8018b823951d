import { type Ending } from "./shim/protocol.js";

/** What there is of a function's pod. */
export interface PodState {
  /** The function's name. */
  readonly name: string;
  /** Where it is reached from this machine, on port 9443. */
  readonly address: string;
  /** What its Deployment says; undefined while there is none that can be run. */
  readonly image: string | undefined;
  readonly isReady: boolean;
  /** What it does, or why it is not ready. */
  readonly reason: string;
  /** How often the container of this pod was started again after it had ended by itself. */
  readonly restarts: number;
  /** Of its process, as this machine knows it. */
  readonly pid: number | undefined;
}

/** What happened to a function's pod. */
export interface PodEvent {
  /** The function's name. */
  readonly name: string;
  readonly type: "started" | "ready" | "unready" | "ended" | "failed";
  readonly message: string;
}

/** How a process ended, for people. */
export function describeEnding({ code, signal, asked, late }: Ending): string {
  if (late) return "ignored SIGTERM, and was killed once its grace was over";
  const how = signal === null ? `exited with code ${code}` : `was ended by ${signal}`;
  return asked ? `was told to stop, and ${how}` : how;
}

/**
 * How long to wait before a container is started again that has now ended so many times in a row, in milliseconds. The
 * first time not at all, as with kubelet; then from a quarter of a second to ten seconds, where kubelet takes minutes.
 */
export function backoff(failures: number): number {
  return failures <= 1 ? 0 : Math.min(2 ** (failures - 4) * 1000, 10_000);
}
