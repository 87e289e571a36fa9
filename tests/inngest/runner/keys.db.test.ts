import { afterEach, describe, expect, it } from "vitest";
import { bearer, sign } from "@/inngest/runner/signature";
import { createHarnesses } from "./support/harness";
import { startApp } from "./support/test-app";

const { start, stopAll } = createHarnesses();
afterEach(stopAll);

const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(url, { method: "POST", body: JSON.stringify(body), headers });

describe("keys", () => {
  it("are asked for by every endpoint that the SDK calls", async () => {
    const harness = await start((inngest) => [
      inngest.createFunction({ id: "quick", triggers: [{ event: "quick/asked" }] }, () => 1),
    ]);
    const { url } = harness.runner;
    const authorization = bearer(harness.keys.signingKey);
    const event = { name: "quick/asked" };
    expect((await post(`${url}/e/wrong`, event)).status).toBe(401);
    for (const path of ["/v1/checkpoint/r/async", "/v0/runs/r/actions", "/v0/runs/r/batch"]) {
      const method = path.startsWith("/v1") ? "POST" : "GET";
      expect((await fetch(url + path, { method })).status).toBe(401);
      expect((await fetch(url + path, { method, headers: { authorization: "Bearer wrong" } })).status).toBe(
        401,
      );
    }
    expect((await fetch(`${url}/v0/runs/r/actions`, { headers: { authorization } })).status).toBe(200);
    expect(await harness.runsOf("quick")).toEqual([]);
    expect((await post(`${url}/e/${harness.keys.eventKey}`, event)).status).toBe(200);
    expect(await harness.ended("quick")).toHaveLength(1);
  });

  it("keep calls and syncs out of the app that the runner did not sign", async () => {
    const harness = await start(() => []);
    const { serveUrl } = harness.app;
    const body = JSON.stringify({ url: serveUrl });
    const put = (signature: string) =>
      fetch(serveUrl, {
        method: "PUT",
        body,
        headers: {
          "content-type": "application/json",
          "x-inngest-sync-kind": "in_band",
          "x-inngest-signature": signature,
        },
      });
    expect((await put("")).status).toBe(401);
    expect((await put(sign(body, "00ff", new Date()))).status).toBe(401);
    expect((await put(sign(body, harness.keys.signingKey, new Date(Date.now() - 600_000)))).status).toBe(401);
    expect((await put(sign(body, harness.keys.signingKey, new Date()))).status).toBe(200);
  });

  it("settle nothing by an answer that the SDK did not sign", async () => {
    let forged = 0;
    const app = { port: 0 };
    const harness = await start((inngest) => [
      inngest.createFunction({ id: "real", triggers: [{ event: "real/asked" }] }, () => "real"),
    ]);
    const { client, runnerOptions } = harness;
    const forger = await startApp(
      client,
      [client.createFunction({ id: "real", triggers: [{ event: "real/asked" }] }, () => "real")],
      {
        ...app,
        intercept: (req, res) => {
          if (req.method !== "POST" || forged > 0) return false;
          forged += 1;
          req.resume();
          res.writeHead(200, { "x-inngest-sdk": "js:v4", "x-inngest-signature": "t=1&s=00" }).end('"forged"');
          return true;
        },
      },
    );
    await harness.runner.stop();
    await harness.addRunner({ port: runnerOptions.port, serveUrl: forger.serveUrl });
    await harness.send("real/asked");
    expect(await harness.endedOne("real")).toMatchObject({ status: "completed", output: "real" });
    expect(forged).toBe(1);
    await forger.stop();
  });
});
