// Every page, route and server action there is, asked by people who must not get in.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { common } from "@/messages/en.json";
import { type FurnishedWorkspace, furnishWorkspace, type Ids } from "../support/furnished-workspace";
import { newVisitor, signedInVisitor, type Visitor } from "../support/http-visitor";
import { environmentOf } from "../support/product-environment";
import { callAction, type ServerAction, servedActions } from "../support/server-actions";
import { pagePaths, routeHandlers, sourceActions } from "../support/source-tree";
import { type Product, startProduct } from "../support/start-product";
import { actions } from "./action-doors";
import { pages, routes } from "./doors";

let product: Product;
let theirs: FurnishedWorkspace;
let own: FurnishedWorkspace;
let nobody: Visitor;
let stranger: Visitor;
let owner: Visitor;
let member: Visitor;
let served: Map<string, ServerAction>;
beforeAll(async () => {
  product = await startProduct({ sampleData: false });
  const environment = environmentOf(product);
  theirs = await furnishWorkspace(environment, 24_000_001);
  own = await furnishWorkspace(environment, 24_000_002);
  nobody = newVisitor(product.appUrl);
  stranger = await signedInVisitor(product.appUrl, own.owner);
  owner = await signedInVisitor(product.appUrl, theirs.owner);
  member = await signedInVisitor(product.appUrl, theirs.member);
  served = new Map((await servedActions(product.appUrl)).map((action) => [action.name, action]));
});
afterAll(async () => {
  await Promise.all([theirs?.close(), own?.close()]);
  await product?.stop();
});

it("knows every page, route and server action", () => {
  expect(pagePaths()).toEqual(Object.keys(pages).sort());
  expect(routeHandlers()).toEqual(Object.keys(routes).sort());
  expect(sourceActions()).toEqual(Object.keys(actions).sort());
});

describe("somebody who is not signed in", () => {
  it.each(Object.keys(pages).filter((path) => pages[path] !== "open"))(
    "is sent to sign in by %s",
    async (path) => {
      const response = await nobody.request(addressOf(pages[path], path));
      expect(response.status).toBe(307);
      expect(locationOf(response)).toMatch(/^\/sign-in(\?next=|$)/);
    },
  );

  it.each(Object.keys(routes).filter((route) => routes[route] !== "open"))(
    "is refused by %s",
    async (route) => {
      const [method = "", path = ""] = route.split(" ");
      const door = routes[route];
      const response = await nobody.request(addressOf(door, path), {
        method,
        ...(method === "GET" ? {} : { body: "[]" }),
      });
      if (door !== "redirects") return expect(response.status).toBe(401);
      expect(response.status).toBe(303);
      expect(locationOf(response)).toMatch(/^\/sign-in\?next=/);
    },
  );

  it("can do nothing by a server action", async () => {
    const answers = await eachAction(
      ({ open }) => !open,
      nobody,
      (door) => inputsOf(door, theirs.ids, theirs.ids)[0],
    );
    for (const { name, answer } of answers)
      expect({ name, answer }).toEqual({
        name,
        answer: actions[name]?.redirects
          ? { redirected: expect.stringContaining(actions[name].redirects) }
          : { ok: false, error: { code: "signed_out" } },
      });
    expect(answers.length).toBeGreaterThan(30);
  });
});

describe("somebody of another workspace", () => {
  it.each(Object.keys(pages).filter((path) => typeof pages[path] === "function"))(
    "sees nothing at %s",
    async (path) => {
      const address = addressOf(pages[path], path);
      const [toOwner, toStranger] = [await shownTo(owner, address), await shownTo(stranger, address)];
      // A page is too long to be shown by a test that fails.
      const seen = (page: string) => ({
        theirs: page.includes(theirs.secret),
        missing: /NEXT_HTTP_ERROR_FALLBACK;404/.test(page) || page.includes(`>${common.notFoundTitle}<`),
      });
      expect(seen(toOwner)).toEqual({ theirs: true, missing: false });
      expect(seen(toStranger)).toEqual({ theirs: false, missing: path.includes("[id]") });
    },
  );

  it.each(["/prospects", "/lists"])("is answered to its end by %s/[id], time and again", async (path) => {
    for (let time = 0; time < 20; time += 1) {
      const response = await stranger.request(`${path}/${randomUUID()}`, {
        signal: AbortSignal.timeout(60_000),
      });
      expect(await response.text()).toContain(`>${common.notFoundTitle}<`);
    }
  });

  it.each(Object.keys(routes).filter((route) => typeof routes[route] === "function"))(
    "is answered by %s as if the id did not exist",
    async (route) => {
      const door = routes[route];
      const asked = async (visitor: Visitor, ids: Ids) => {
        const response = await visitor.request(typeof door === "function" ? door(ids) : "");
        return { status: response.status, body: await response.text() };
      };
      const answer = await asked(stranger, theirs.ids);
      expect(answer).toEqual(await asked(stranger, unknownIds(theirs.ids)));
      expect(answer.body).not.toContain(theirs.secret);
      expect(answer).not.toEqual(await asked(owner, theirs.ids));
    },
  );

  it("cannot name it as the workspace to work in", async () => {
    const visitor = await signedInVisitor(product.appUrl, own.owner);
    visitor.setCookie("workspace", theirs.ids.workspace);
    const shown = await shownTo(visitor, "/prospects");
    expect([shown.includes(own.secret), shown.includes(theirs.secret)]).toEqual([true, false]);
  });

  it("cannot reconnect its integration", async () => {
    const response = await stranger.request(`/api/hubspot/connect?integration=${theirs.ids.integration}`);
    expect(locationOf(response)).toBe("/settings/integrations?problem=not_found");
  });

  it("changes nothing by any server action, which answers as if the id did not exist", async () => {
    const before = [await theirs.contents(), await own.contents()];
    const withIds = Object.entries(actions).filter(([, { inputs }]) => inputs);
    const missing = unknownIds(theirs.ids);
    for (const [name, door] of withIds) {
      const tries = inputsOf(door, theirs.ids, own.ids);
      const unknown = inputsOf(door, missing, own.ids);
      for (const [place, input] of tries.entries()) {
        const answer = withoutIds(await act(name, stranger, input), theirs.ids);
        const expected = door.refusal
          ? { ok: false, error: { code: "forbidden", reason: door.refusal } }
          : withoutIds(await act(name, stranger, unknown[place]), missing);
        expect({ name, input, answer }).toEqual({ name, input, answer: expected });
        // An input that is refused for its form would prove nothing.
        expect(JSON.stringify({ name, input, answer })).not.toMatch(/invalid_value|unexpected/);
      }
    }
    expect([await theirs.contents(), await own.contents()]).toEqual(before);
    expect(withIds.length).toBeGreaterThan(25);
  });
});

describe("a member who is neither owner nor admin", () => {
  it("is refused by every server action for owners and admins, and by no other", async () => {
    const before = await theirs.contents();
    const answers = await eachAction(
      ({ admin }) => Boolean(admin),
      member,
      (door) => inputsOf(door, theirs.ids, theirs.ids)[0] ?? { email: "eve@example.org", role: "admin" },
    );
    for (const { name, answer } of answers)
      expect({ name, answer }).toEqual({ name, answer: { ok: false, error: { code: "forbidden" } } });
    expect(await theirs.contents()).toEqual(before);
    const others = await eachAction(
      ({ admin, inputs, refusal, redirects }) => Boolean(inputs) && !admin && !refusal && !redirects,
      member,
      (door) => inputsOf(door, unknownIds(theirs.ids), unknownIds(theirs.ids))[0],
    );
    for (const { name, answer } of others)
      expect({ name, answer }).not.toMatchObject({ answer: { error: { code: "forbidden" } } });
  });

  it("can neither connect an account nor read its lists", async () => {
    const connect = await member.request("/api/hubspot/connect");
    expect(locationOf(connect)).toBe("/settings/integrations?problem=forbidden");
    const lists = await member.request(`/api/integrations/${theirs.ids.integration}/hubspot-lists`);
    expect(lists.status).toBe(403);
  });
});

type Door = (typeof actions)[string];

async function eachAction(chosen: (door: Door) => boolean, visitor: Visitor, input: (door: Door) => unknown) {
  const answers: { name: string; answer: unknown }[] = [];
  for (const [name, door] of Object.entries(actions))
    if (chosen(door)) answers.push({ name, answer: await act(name, visitor, input(door)) });
  return answers;
}

function act(name: string, visitor: Visitor, input: unknown): Promise<unknown> {
  const action = served.get(name);
  if (!action) throw new Error(`the build has no server action ${name}`);
  return callAction(visitor, action, input);
}

function inputsOf(door: Door, foreign: Ids, mine: Ids): unknown[] {
  return door.inputs?.(foreign, mine) ?? [];
}

function unknownIds(ids: Ids): Ids {
  return Object.fromEntries(Object.keys(ids).map((name) => [name, randomUUID()])) as Ids;
}

/** Answers that name the id they were given can be compared. */
function withoutIds(answer: unknown, ids: Ids): unknown {
  const text = Object.entries(ids).reduce(
    (all, [name, id]) => all.replaceAll(id, name),
    JSON.stringify(answer),
  );
  return JSON.parse(text);
}

function addressOf(door: string | ((ids: Ids) => string) | undefined, path: string): string {
  return typeof door === "function" ? door(theirs.ids) : path;
}

function locationOf(response: Response): string {
  const { pathname, search } = new URL(response.headers.get("location") ?? "", product.appUrl);
  return pathname + search;
}

/** The page that a visitor ends at. A page that has begun to stream redirects in its text. */
async function shownTo(visitor: Visitor, address: string): Promise<string> {
  const response = await visitor.request(address);
  if (response.status >= 300 && response.status < 400) return shownTo(visitor, locationOf(response));
  const text = await response.text();
  const next = /NEXT_REDIRECT;\w+;([^;]+);/.exec(text)?.[1];
  return next ? shownTo(visitor, next) : text;
}
