import { once } from "node:events";
import { createServer, type Socket } from "node:net";

/** Takes a connection; resolves once it is theirs. */
export type TakeConnection = (socket: Socket) => Promise<void>;

/** Where callers reach a function, whichever pod of it runs. */
export interface Door {
  readonly address: string;
  /** From now on connections go there, those that wait first; to nobody, and they wait, as in a listener's backlog. */
  leadTo(take: TakeConnection | undefined): void;
  /** Ends it, and the connections that wait. */
  close(): void;
}

/** As many as the kernel lets wait, where nothing else is said. */
const BACKLOG = 4096;

/** Listens in this network namespace. What is accepted is not read from, so that it can be handed on whole. */
export async function openDoor(address: string, port: number): Promise<Door> {
  const waiting: Socket[] = [];
  let take: TakeConnection | undefined;
  let isHandingOver = false;

  const handOver = async () => {
    if (isHandingOver) return;
    isHandingOver = true;
    while (take && waiting.length > 0) await take(waiting.shift() as Socket);
    isHandingOver = false;
  };
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    socket.on("error", () => socket.destroy());
    if (waiting.push(socket) > BACKLOG) waiting.pop()?.destroy();
    void handOver();
  });
  server.listen(port, address);
  await once(server, "listening");

  return {
    address,
    leadTo(next) {
      take = next;
      void handOver();
    },
    close() {
      take = undefined;
      server.close();
      for (const socket of waiting.splice(0)) socket.destroy();
    },
  };
}
