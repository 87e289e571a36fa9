import { expect, test } from "vitest";
import { readLimitedBody } from "@/services/change-notices/read-limited-body";

const request = (body: BodyInit | null, headers: Record<string, string> = {}) =>
  new Request("http://localhost/", { method: "POST", body, headers, duplex: "half" } as RequestInit);

test("a body up to the limit comes as the bytes it was sent as", async () => {
  const body = Buffer.from("[\u{1f600}] \r\n");
  expect(Buffer.from((await readLimitedBody(request(body), body.length)) ?? [])).toEqual(body);
  expect(await readLimitedBody(request(null), 10)).toHaveLength(0);
});

test("a body over the limit is not read, whether its length is announced or not", async () => {
  expect(await readLimitedBody(request("x", { "content-length": "11" }), 10)).toBeUndefined();
  let pulled = 0;
  const endless = new ReadableStream({
    pull: (controller) => {
      pulled++;
      controller.enqueue(new Uint8Array(4));
    },
  });
  expect(await readLimitedBody(request(endless), 10)).toBeUndefined();
  expect(pulled).toBeLessThan(6);
});
