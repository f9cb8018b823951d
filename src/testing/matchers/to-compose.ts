import { type JsonObject } from "../../wire/index.js";
import { nearest } from "../nearest.js";
import { type Difference, differences } from "./differences.js";
import { matcher } from "./matcher.js";
import { type View } from "./view.js";
import { shown } from "./wanted.js";

/** Whether something is desired under a composition resource name, with these fields if any are given. */
export const toCompose = matcher((view, isNot, key: string, partial?: object) => {
  const found = view.composed.filter((each) => each.key === key);
  const compared = found.map(({ object }) => ({ object, wrong: partial ? differences(object, partial) : [] }));
  const isThere = compared.some(({ wrong }) => wrong.length === 0);
  return {
    holds: isThere,
    says: () => {
      if (isNot) return `expected ${key} not to be desired${partial ? " with these fields" : ""}, and it is`;
      const [first] = compared;
      return first ? unlike(key, first.object, first.wrong) : absent(key, view);
    },
  };
});

function absent(key: string, { composed, waiting, deleted }: View): string {
  const waits = waiting.find((each) => each.key === key);
  const why = waits ? `: it waits for ${waits.what}` : deleted.includes(key) ? ": it is let go of" : "";
  const names = composed.map((each) => each.key);
  return `expected ${key} to be desired, and it is not${why}; ${nearest(key, names)}`;
}

function unlike(key: string, object: JsonObject, wrong: readonly Difference[]): string {
  const isSecret = object["kind"] === "Secret" && object["apiVersion"] === "v1";
  const lines = wrong.map((each) => `  ${each.path || "it"}: ${isSecret ? hidden(each) : plain(each)}`);
  return [`expected ${key} to be desired with other fields:`, ...lines].join("\n");
}

const plain = ({ expected, actual }: Difference) => `expected ${shown(expected)}, is ${shown(actual)}`;

/** Of a Secret nothing is shown but what it is called: neither what it holds, nor what it was expected to hold. */
function hidden(difference: Difference): string {
  const { path, actual } = difference;
  if (/^(apiVersion|kind|type|metadata\.(name|namespace)|metadata\.labels.*)$/.test(path)) return plain(difference);
  return actual === undefined ? "expected a value, is nothing" : "expected another value";
}
