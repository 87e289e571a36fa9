// Whether a call that writes may still be sent is asked when nothing is left to wait for: its page may have been overtaken
// while it waited for its token, its turn or the calls before it.
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type HubspotOptions, openHubspot } from "@/connectors/hubspot/client";
import type { Hold } from "@/connectors/hubspot/transport";
import { localBudget } from "@/tests/support/local-budget";
import { type Reply, startToldServer } from "./told-server";

let server: Awaited<ReturnType<typeof startToldServer>>;
beforeAll(async () => {
  server = await startToldServer();
});
afterAll(() => server.close());

const open = (options: Partial<HubspotOptions> = {}) =>
  openHubspot({ apiUrl: server.url, budget: localBudget(), accessToken: async () => "token", ...options });
type Contacts = ReturnType<typeof open>["contacts"];
type Send = (contacts: Contacts, ids: string[], hold: Hold) => Promise<Map<string, { ok: boolean }>>;
const properties = { email: "ana@example.org" };
const sends: Record<string, Send> = {
  creation: (contacts, ids, hold) =>
    contacts.create(
      ids.map((trace) => ({ trace, properties })),
      hold,
    ),
  update: (contacts, ids, hold) =>
    contacts.update(
      ids.map((id) => ({ id, properties })),
      hold,
    ),
  removal: (contacts, ids, hold) => contacts.archive(ids, hold),
};
const at = "2026-01-01T00:00:00Z";
const done: Record<string, Reply> = {
  creation: { status: 201, body: { id: "1", properties, createdAt: at, updatedAt: at, archived: false } },
  update: { status: 200, body: { id: "1", properties, createdAt: at, updatedAt: at, archived: false } },
  removal: { status: 204 },
};
const refused: Reply = {
  status: 400,
  body: { status: "error", message: "no", category: "VALIDATION_ERROR" },
};
const overtakenError = "another page has it";

/** As a page asks it, until another one overtakes it. */
function openPage() {
  let isOvertaken = false;
  let asked = 0;
  return {
    hold: async () => {
      asked += 1;
      if (isOvertaken) throw new Error(overtakenError);
    },
    overtake: async () => {
      isOvertaken = true;
    },
    asked: () => asked,
  };
}

// Verifies
describe.each(Object.entries(sends))("a page that is overtaken, in a %s,", (call, send) => {
  const ofOthers = { pause: async () => {} };

  test("sends nothing where that happens while its call waits for its turn, and gives the turn back", async () => {
    server.tell(done[call] ?? "cut");
    const { hold, overtake } = openPage();
    let isFree = true;
    const take = async () => {
      isFree = false;
      await overtake();
      return () => {
        isFree = true;
      };
    };
    const { contacts } = open({ budget: { ...ofOthers, take } });
    await expect(send(contacts, ["1"], hold)).rejects.toThrow(overtakenError);
    expect(server.calls).toEqual([]);
    expect(isFree).toBe(true);
  });

  test("sends nothing where that happens while its call waits for its token", async () => {
    server.tell(done[call] ?? "cut");
    const { hold, overtake } = openPage();
    const accessToken = async () => {
      await overtake();
      return "token";
    };
    await expect(send(open({ accessToken }).contacts, ["1"], hold)).rejects.toThrow(overtakenError);
    expect(server.calls).toEqual([]);
  });

  test("sends nothing with a new token after HubSpot has refused the one before", async () => {
    server.tell({ status: 401 }, done[call] ?? "cut");
    const { hold, overtake } = openPage();
    await expect(send(open({ onUnauthorized: overtake }).contacts, ["1"], hold)).rejects.toThrow(
      overtakenError,
    );
    expect(server.calls).toHaveLength(1);
  });

  test("sends nothing where being asked takes as long as a call may: its turn is somebody else's by then", async () => {
    server.tell(done[call] ?? "cut");
    const hold = async () => void (await once(AbortSignal.timeout(40), "abort"));
    const sent = send(open({ timeoutMs: 20 }).contacts, ["1"], hold);
    await expect(sent).rejects.toMatchObject({ kind: "transient" });
    expect(server.calls).toEqual([]);
  });

  test("sends no more of a refused batch's records", async () => {
    server.tell(refused);
    let calls = 0;
    const hold = async () => {
      calls += 1;
      if (calls === 3) throw new Error(overtakenError);
    };
    await expect(send(open().contacts, ["1", "2", "3"], hold)).rejects.toThrow(overtakenError);
    // The batch, and one record.
    expect(server.calls).toHaveLength(2);
  });
});

// Verifies
describe.each(Object.entries(sends))("a batch that is refused as a whole, in a %s,", (call, send) => {
  test("asks once for each call whether it may be sent", async () => {
    server.tell(refused);
    const { hold, asked } = openPage();
    await send(open().contacts, ["1", "2", "3"], hold);
    expect(server.calls).toHaveLength(4);
    expect(asked()).toBe(4);
  });

  test.each<[string, Reply, object]>([
    ["lets us in no more", { status: 401 }, { kind: "unauthorized" }],
    ["has reached its limit", { status: 429, headers: { "retry-after": "30" } }, { kind: "rate_limited" }],
  ])("asks nothing of the others where the account %s", async (_, reply, error) => {
    server.tell(refused, done[call] ?? "cut", reply);
    const outcomes = await send(open().contacts, ["1", "2", "3", "4"], async () => {});
    expect([...outcomes]).toMatchObject([
      ["1", { ok: true }],
      ...["2", "3", "4"].map((id) => [id, { ok: false, error }]),
    ]);
    expect(server.calls).toHaveLength(3);
  });
});
