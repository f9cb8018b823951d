import { EventEmitter } from "node:events";
import { describe, expect, test } from "vitest";
import { type ShutdownSignal, shutdown } from "./shutdown.js";

describe("shutdown", () => {
  test("closes with a deadline upon the first signal", async () => {
    const { signals, deadlines, finish, done } = start(1000);
    signals.emit("SIGTERM");
    expect(deadlines).toEqual([1000]);
    finish();
    await done;
    expect(signals.listenerCount("SIGTERM") + signals.listenerCount("SIGINT")).toBe(0);
  });

  test("closes at once upon the second, whichever it is", async () => {
    const { signals, heard, deadlines, finish, done } = start(1000);
    signals.emit("SIGTERM");
    signals.emit("SIGINT");
    expect(deadlines).toEqual([1000, 0]);
    expect(heard).toEqual(["SIGTERM", "SIGINT"]);
    finish();
    await done;
  });

  test("fits the time that Kubernetes gives a Pod", async () => {
    const { signals, deadlines, finish, done } = start();
    signals.emit("SIGINT");
    finish();
    await done;
    expect(deadlines).toEqual([25_000]);
  });

  test("rejects where closing fails", async () => {
    const signals = new EventEmitter();
    const done = shutdown(signals, { close: () => Promise.reject(new Error("stuck")) });
    signals.emit("SIGTERM");
    await expect(done).rejects.toThrow("stuck");
  });
});

function start(deadlineMs?: number) {
  const signals = new EventEmitter();
  const deadlines: number[] = [];
  const heard: ShutdownSignal[] = [];
  let finish = () => {};
  const closed = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const close = (deadline: number) => {
    deadlines.push(deadline);
    return closed;
  };
  const onSignal = (signal: ShutdownSignal) => heard.push(signal);
  const done = shutdown(signals, { close, onSignal, ...(deadlineMs !== undefined && { deadlineMs }) });
  return { signals, deadlines, heard, finish: () => finish(), done };
}
