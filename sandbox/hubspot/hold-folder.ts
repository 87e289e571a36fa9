import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const PATIENCE_MS = 10_000;

/**
 * Two programs must not write one journal. The newest wins: whoever holds the folder, say one that
 * outlived a killed supervisor, is asked to leave. The operating system frees the name when its holder dies.
 */
export async function holdFolder(dir: string, leave: () => void): Promise<void> {
  const address = addressOf(dir);
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await wait(50)) {
    if (await listen(address, leave)) return;
    const answered = await askToLeave(address);
    // A file without a listener is what a crash leaves where names are files.
    if (!answered && address.startsWith(tmpdir())) rmSync(address, { force: true });
  }
  throw new Error(`another sandbox uses ${dir} and does not end`);
}

function addressOf(dir: string): string {
  const name = `sandbox-hubspot-${createHash("sha256").update(resolve(dir)).digest("hex").slice(0, 24)}`;
  if (process.platform === "win32") return `\\\\.\\pipe\\${name}`;
  return process.platform === "linux" ? `\0${name}` : join(tmpdir(), name);
}

function listen(address: string, leave: () => void): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer(() => leave());
    server.once("error", () => resolve(false));
    server.listen(address, () => {
      server.unref();
      resolve(true);
    });
  });
}

/** Resolves when the holder is gone; false when there was none. */
function askToLeave(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    let connected = false;
    const socket = connect(address, () => {
      connected = true;
    });
    socket.setTimeout(PATIENCE_MS, () => socket.destroy());
    socket.on("error", () => {});
    socket.on("close", () => resolve(connected));
  });
}
