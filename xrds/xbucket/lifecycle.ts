import { boolean, integer, list, map, object, oneOf, string } from "trimtab/schema";

const days = integer({ minimum: 1, maximum: 36_500 });

const transition = object({
  afterDays: integer({ minimum: 0, maximum: 36_500 }).describe(
    "Days after an object was made, or became an old version.",
  ),
  storageClass: oneOf(
    "STANDARD_IA",
    "INTELLIGENT_TIERING",
    "ONEZONE_IA",
    "GLACIER_IR",
    "GLACIER",
    "DEEP_ARCHIVE",
  ).describe("Where objects go then."),
});

/** What becomes of objects in time. */
export const lifecycleRule = object({
  prefix: string({ maxLength: 512 }).default("").describe("Objects whose keys begin with this. Left out: all."),
  name: string({ maxLength: 64, pattern: /^[A-Za-z0-9-]*$/ })
    .default("")
    .describe("Tells rules of one prefix apart."),
  tags: map(string({ maxLength: 256 }), { maxProperties: 10 })
    .optional()
    .describe("Only objects that have all these tags."),
  expireAfterDays: days.optional().describe("Delete objects after so many days."),
  transitions: list(transition, { minItems: 1, maxItems: 5 }).optional().describe("Move objects to other storage."),
  noncurrent: object({
    expireAfterDays: days.describe("Delete old versions so many days after they were replaced."),
    keep: integer({ minimum: 1, maximum: 100 }).optional().describe("But keep so many of them."),
  })
    .optional()
    .describe("What becomes of old versions."),
  noncurrentTransitions: list(transition, { minItems: 1, maxItems: 5 })
    .optional()
    .describe("Move old versions to other storage."),
  expireDeleteMarkers: boolean().default(false).describe("Remove delete markers that have no old version behind them."),
  abortUploadsAfterDays: days
    .optional()
    .describe("Remove the parts of uploads that are not finished after so many days."),
})
  .rule(
    "has(self.expireAfterDays) || has(self.transitions) || has(self.noncurrent) || has(self.noncurrentTransitions) || has(self.abortUploadsAfterDays) || self.expireDeleteMarkers",
    "a rule must do something: expireAfterDays, transitions, noncurrent, noncurrentTransitions, expireDeleteMarkers or abortUploadsAfterDays",
  )
  .rule(
    "!(self.expireDeleteMarkers && has(self.expireAfterDays))",
    "expireDeleteMarkers cannot go with expireAfterDays",
  );
