import { expect, test } from "vitest";
import { TimedOut } from "../timed-out.js";
import { mapError } from "./map-error.js";

test("an error reads otherwise, its causes and stack too, and keeps its class", () => {
  const cause = new TimedOut("fake-token is late");
  const error = mapError(new TypeError("no fake-token", { cause }), (text) => text.replaceAll("fake-token", "***"));
  expect(error).toBeInstanceOf(TypeError);
  const { message, stack, cause: changed } = error as TypeError;
  expect(message).toBe("no ***");
  expect(stack).toMatch(/^TypeError: no \*\*\*\n {4}at /);
  expect(changed).toBeInstanceOf(TimedOut);
  expect((changed as TimedOut).message).toBe("*** is late");
  expect(cause.message).toBe("fake-token is late");
});

test("what is thrown and no error is a text", () => {
  expect(mapError("fake", (text) => text.toUpperCase())).toBe("FAKE");
  expect(mapError(undefined, (text) => text)).toBeUndefined();
});
