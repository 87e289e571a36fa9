/** How much more than allowed is read and dropped, so that whoever is still sending it sees the answer. */
const DROPPED_AT_MOST = 10;

/**
 * The bytes of a request's body, or undefined where there are more than allowed. The rest is read and dropped:
 * an answer to a body that is still on its way ends the connection, and the sender sees that end and no answer.
 */
export async function readLimitedBody(request: Request, maxBytes: number): Promise<Uint8Array | undefined> {
  let chunks: Uint8Array[] = [];
  let size = 0;
  const isWhole = await readToEnd(request, maxBytes * DROPPED_AT_MOST, (chunk) => {
    size += chunk.byteLength;
    if (size > maxBytes) chunks = [];
    else chunks.push(chunk);
  });
  return isWhole && size <= maxBytes ? Buffer.concat(chunks) : undefined;
}

/** Reads a body as far as `readLimitedBody` would, and keeps nothing of it: it is refused whatever it says. */
export async function dropBody(request: Request, maxBytes: number): Promise<void> {
  await readToEnd(request, maxBytes * DROPPED_AT_MOST, () => {});
}

/** Whether it came to the end of the body; where that is too far away, it stops. */
async function readToEnd(
  request: Request,
  mostBytes: number,
  take: (chunk: Uint8Array) => void,
): Promise<boolean> {
  if (Number(request.headers.get("content-length") ?? 0) > mostBytes) return false;
  const reader = request.body?.getReader();
  if (!reader) return true;
  for (let size = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) return true;
    size += value.byteLength;
    if (size > mostBytes) {
      await reader.cancel();
      return false;
    }
    take(value);
  }
}
