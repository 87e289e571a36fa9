import { createServer } from "node:net";

/** Whether nothing listens there. Both families count: `localhost` may mean either. */
export async function isFree(port: number): Promise<boolean> {
  for (const host of ["127.0.0.1", "::1", "0.0.0.0"]) if (!(await canListen(port, host))) return false;
  return true;
}

/** The first free port from `first` on that is not among those already given away. */
export async function nextFreePort(first: number, taken: Set<number>): Promise<number> {
  for (let port = first; port < Math.min(first + 200, 65_536); port++) {
    if (!taken.has(port) && (await isFree(port))) return port;
  }
  return anyFreePort(taken);
}

export async function anyFreePort(taken: Set<number> = new Set()): Promise<number> {
  for (;;) {
    const port = await portOfTheSystem();
    if (!taken.has(port)) return port;
  }
}

function portOfTheSystem(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE" || error.code === "EACCES") resolve(false);
      // A machine without this family has nobody listening on it.
      else if (error.code === "EADDRNOTAVAIL" || error.code === "EAFNOSUPPORT") resolve(true);
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
