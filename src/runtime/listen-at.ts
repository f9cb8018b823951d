import { type AddressInfo, type Server } from "node:net";

/**
 * Lets a server listen at a host and port such as `127.0.0.1:9443`, and resolves to the port: port 0 takes one that is free.
 * Without a host it is every address of the machine.
 *
 * @throws Error that names the address and says why
 */
export async function listenAt(server: Server, address: string): Promise<number> {
  try {
    const { host, port } = parse(address);
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen({ port, ...(host !== "" && { host }) }, () => {
        server.off("error", reject);
        resolve();
      });
    });
    return (server.address() as AddressInfo).port;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`cannot listen on ${address}: ${why}; say an address such as 0.0.0.0:9443`, { cause: error });
  }
}

function parse(address: string): { readonly host: string; readonly port: number } {
  const found = /^(?:\[([^\]]*)\]|([^:]*)):(\d{1,5})$/.exec(address);
  if (!found) throw new Error("it is no host and port");
  return { host: found[1] ?? found[2] ?? "", port: Number(found[3]) };
}
