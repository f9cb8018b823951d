import { redact } from "trimtab/testing";
import { expect, test } from "vitest";

const live = `
apiVersion: v1
kind: Secret
metadata: {name: db, resourceVersion: "48151623", uid: 7f9356e5-38fb-4c7a-a1b2-c3d4e5f60718}
data: {password: aHVudGVyMi1odW50ZXIy}
---
apiVersion: example.org/v1
kind: Database
metadata: {name: db}
status: {url: "postgres://me:hunter2-hunter2@db.example.org/orders"}
`;

test("a fixture holds nothing that was secret", () => {
  expect(redact(live)).toBe(`apiVersion: v1
data:
  password: ZmFrZS1wYXNzd29yZC0x
kind: Secret
metadata:
  name: db
  uid: 00000000-0000-4000-8000-000000000001
---
apiVersion: example.org/v1
kind: Database
metadata:
  name: db
status:
  url: postgres://me:fake-password-1@db.example.org/orders
`);
});
