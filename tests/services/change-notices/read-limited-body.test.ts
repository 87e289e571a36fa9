import { expect, test } from "vitest";
import { dropBody, readLimitedBody } from "@/services/change-notices/read-limited-body";

const request = (body: BodyInit | null, headers: Record<string, string> = {}) =>
  new Request("http://localhost/", { method: "POST", body, headers, duplex: "half" } as RequestInit);

test("a body up to the limit comes as the bytes it was sent as", async () => {
  const body = Buffer.from("[\u{1f600}] \r\n");
  expect(Buffer.from((await readLimitedBody(request(body), body.length)) ?? [])).toEqual(body);
  expect(await readLimitedBody(request(null), 10)).toHaveLength(0);
});

test("a body over the limit is read to its end and dropped, so that its sender sees the answer", async () => {
  const { body, pulled } = streamOf(12);
  expect(await readLimitedBody(request(body), 10)).toBeUndefined();
  expect(pulled()).toBe(13);
});

test("a body far over the limit is not read to its end, whether its length is announced or not", async () => {
  expect(await readLimitedBody(request("x", { "content-length": "101" }), 10)).toBeUndefined();
  const { body, pulled } = streamOf(Number.POSITIVE_INFINITY);
  expect(await readLimitedBody(request(body), 10)).toBeUndefined();
  expect(pulled()).toBeLessThan(30);
});

test("a body that nobody wants is read as far, to its end where that is near", async () => {
  const near = streamOf(12);
  await dropBody(request(near.body), 10);
  expect(near.pulled()).toBe(13);
  const { body, pulled } = streamOf(Number.POSITIVE_INFINITY);
  await dropBody(request(body), 10);
  expect(pulled()).toBeLessThan(30);
});

/** So many pieces of four bytes. */
function streamOf(pieces: number) {
  let pulled = 0;
  const body = new ReadableStream({
    pull: (controller) => {
      pulled++;
      if (pulled > pieces) controller.close();
      else controller.enqueue(new Uint8Array(4));
    },
  });
  return { body, pulled: () => pulled };
}
