// What the connector calls in HubSpot is declared in one place, which is held against its source: a call that was added
// and is never made by a test would otherwise look like one that does not exist.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { callSites, declaredCalls, declaredOperations } from "@/scripts/test/contract/declared-calls";
import { openContract } from "@/scripts/test/contract/open-contract";

const folder = "connectors/hubspot";

it("declares every place in the connector's source that calls HubSpot, and no other", () => {
  const sites = readdirSync(folder).flatMap((file) =>
    callSites(file, readFileSync(join(folder, file), "utf8")),
  );
  expect(sites.sort()).toEqual(Object.keys(declaredCalls).sort());
});

it("has nobody else send anything: what goes over the wire goes by three files", () => {
  const sending = readdirSync(folder).filter((file) =>
    /\bfetch\(/.test(readFileSync(join(folder, file), "utf8")),
  );
  expect(sending.sort()).toEqual(["journal.ts", "oauth.ts", "transport.ts"]);
});

it("finds a second call of the same name, and one that names its address first", () => {
  const source = `import { callJson } from "./call-json";
    callJson(transport, A, { method: "POST", url: at("x") }); callJson(transport, B, { url: at("y"), method: "POST" });`;
  expect(callSites("a.ts", source)).toEqual(["a.ts POST", "a.ts POST 2"]);
});

it("finds a call of the SDK, one of our own and one of the token service's", () => {
  const source = `import { callJson } from "./call-json";
    apis.basic.purge(id); callJson(transport, Nothing, { method: "PUT", url: at("x") }); post(app, "/token/other", form);
    search.look; owners.length;`;
  expect(callSites("a.ts", source)).toEqual(["a.ts basic.purge", "a.ts PUT", "a.ts /token/other"]);
  expect(callSites("a.ts", "lines.search.look()")).toEqual([]);
});

const contract = process.env.HUBSPOT_CONTRACT_DIR ?? "";
if (contract)
  it("names operations as HubSpot's own description does", async () => {
    const { operation } = await openContract(contract);
    const named = declaredOperations().map((declared) => {
      const [method = "", path = ""] = declared.split(" ");
      return operation(method, path.replace(/\{\w+\}/g, "1"));
    });
    expect(named).toEqual(declaredOperations());
  });
