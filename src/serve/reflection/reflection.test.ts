import { Client, credentials } from "@grpc/grpc-js";
import { describe, expect, onTestFinished, test } from "vitest";
import { countingServer } from "../../../test/support/counting-server.js";
import { callFunction } from "../../../test/support/function-client.js";
import { codecOf } from "../../wire/codec.js";
import { embedded, int32, type Message, message, repeated, string } from "../../wire/message.js";
import { runFunctionRequest, runFunctionResponse } from "../../wire/run-function.js";
import { type ReflectionRequest, type ReflectionResponse, request, response } from "./messages.js";

const empty = { meta: undefined, desired: undefined, results: [], requirements: undefined, conditions: [] };
const V1 = "apiextensions.fn.proto.v1";

describe.each(["v1", "v1alpha"])("reflection %s", (version) => {
  test("lists the services", async () => {
    const { ask } = await start(version);
    const { services } = await ask({ listServices: "" });
    expect(services?.service.map(({ name }) => name)).toEqual([
      `${V1}.FunctionRunnerService`,
      "apiextensions.fn.proto.v1beta1.FunctionRunnerService",
      "grpc.health.v1.Health",
      "grpc.reflection.v1.ServerReflection",
      "grpc.reflection.v1alpha.ServerReflection",
    ]);
  });

  test.each([
    { symbol: `${V1}.FunctionRunnerService`, file: "v1/run_function.proto" },
    { symbol: `${V1}.FunctionRunnerService.RunFunction`, file: "v1/run_function.proto" },
    { symbol: `${V1}.State.ResourcesEntry`, file: "v1/run_function.proto" },
    { symbol: `${V1}.Severity`, file: "v1/run_function.proto" },
    { symbol: "apiextensions.fn.proto.v1beta1.State", file: "v1beta1/run_function.proto" },
    { symbol: "google.protobuf.Struct", file: "google/protobuf/struct.proto" },
    { symbol: "grpc.health.v1.HealthCheckResponse.ServingStatus", file: "grpc/health/v1/health.proto" },
    { symbol: `grpc.reflection.${version}.ServerReflection`, file: `grpc/reflection/${version}/reflection.proto` },
  ])("describes $symbol with its file, before those that it imports", async ({ symbol, file }) => {
    const { ask } = await start(version);
    const bySymbol = await ask({ fileContainingSymbol: symbol });
    const byName = await ask({ fileByFilename: file });
    expect(bySymbol.files).toEqual(byName.files);
    const names = (bySymbol.files?.fileDescriptorProto ?? []).map((each) => described.decode(each).name);
    expect(names[0]).toBe(file);
    const imports = file.includes("run_function")
      ? ["google/protobuf/duration.proto", "google/protobuf/struct.proto"]
      : [];
    expect(names.slice(1).sort()).toEqual(imports);
  });

  test.each<Partial<ReflectionRequest>>([
    { fileContainingSymbol: "other.Service" },
    { fileByFilename: "other.proto" },
    {},
  ])("says of what there is not that it is not found: %j", async (asked) => {
    const { ask } = await start(version);
    const { error, originalRequest } = await ask(asked);
    expect(error?.errorCode).toBe(5);
    expect(originalRequest).toMatchObject(asked);
  });
});

test("describes what is read and written here, field by field", async () => {
  const { ask } = await start("v1");
  const { files } = await ask({ fileContainingSymbol: `${V1}.FunctionRunnerService` });
  const { messages } = described.decode(files?.fileDescriptorProto[0] ?? new Uint8Array());
  for (const own of [runFunctionRequest, runFunctionResponse] as readonly Message[]) {
    const fields = messages.find(({ name }) => name === own.name)?.fields ?? [];
    const camel = (name: string) => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
    const theirs = fields.map(({ name, number }) => ({ name: camel(name), number }));
    expect(own.fields.map(({ name, number }) => ({ name, number }))).toEqual(
      theirs.sort((a, b) => a.number - b.number),
    );
  }
});

test("is not there unless it is asked for", async () => {
  const { ask } = await start("v1", { reflection: false });
  await expect(ask({ listServices: "" })).rejects.toMatchObject({ code: 12 });
});

test("goes on over one call, and keeps no server from closing", async () => {
  const { stream, serving } = await start("v1");
  const call = stream();
  for (let index = 0; index < 500; index += 1) call.write(asking({ fileContainingSymbol: `${V1}.State` }));
  let answers = 0;
  await new Promise<void>((resolve) =>
    call.on("data", () => {
      answers += 1;
      if (answers === 500) resolve();
    }),
  );
  await callFunction(serving.address, {});
  const ended = new Promise((resolve) => call.once("end", resolve));
  expect(await serving.close(20_000)).toBe(0);
  await ended;
});

const asking = (asked: Partial<ReflectionRequest>): ReflectionRequest => ({
  host: "",
  fileByFilename: undefined,
  fileContainingSymbol: undefined,
  listServices: undefined,
  ...asked,
});

interface Described {
  readonly name: string;
  readonly messages: readonly { readonly name: string; readonly fields: readonly DescribedField[] }[];
}

interface DescribedField {
  readonly name: string;
  readonly number: number;
}

const field = message<DescribedField>("FieldDescriptorProto", { name: string(1), number: int32(3) });
const type = message<Described["messages"][number]>("DescriptorProto", {
  name: string(1),
  fields: repeated(embedded(2, field)),
});
const described = codecOf(
  message<Described>("FileDescriptorProto", { name: string(1), messages: repeated(embedded(4, type)) }),
);

async function start(version: string, { reflection = true } = {}) {
  const { serving } = await countingServer(() => empty, { reflection });
  const client = new Client(serving.address, credentials.createInsecure(), { "grpc.use_local_subchannel_pool": 1 });
  onTestFinished(() => client.close());
  const stream = () => {
    const call = client.makeBidiStreamRequest(
      `/grpc.reflection.${version}.ServerReflection/ServerReflectionInfo`,
      (value: ReflectionRequest) => Buffer.from(request.encode(value)),
      (bytes: Buffer) => response.decode(bytes),
    );
    return call.on("error", () => {});
  };
  const ask = (asked: Partial<ReflectionRequest>) =>
    new Promise<ReflectionResponse>((resolve, reject) => {
      const call = stream().once("data", resolve).once("error", reject);
      call.write(asking(asked));
      call.end();
    });
  return { serving, stream, ask };
}
