import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readSessionUser } from "@/db/queries/workspaces";
import { activities } from "@/db/schema/sync";
import { signInFailures, users } from "@/db/schema/workspaces";
import { changePassword } from "@/services/workspaces/change-password";
import { endSessions } from "@/services/workspaces/end-sessions";
import { limitAttempts } from "@/services/workspaces/limit-attempts";
import { signIn } from "@/services/workspaces/sign-in";
import { signInWithOidc } from "@/services/workspaces/sign-in-with-oidc";
import { openWorkspaceWorld } from "./workspace-world";

// Verifies

let world: Awaited<ReturnType<typeof openWorkspaceWorld>>;
beforeAll(async () => {
  world = await openWorkspaceWorld();
});
afterAll(() => world.end());

const password = "a long password";
const at = (minute: number, second = 0) => new Date(Date.UTC(2026, 0, 1, 12, minute, second));
const attempt = (email: string, secret: string, now?: Date, address = "10.1.1.1") =>
  signIn({ deps: world.deps, input: { email, password: secret, address }, now });

describe("signing up", () => {
  it("makes the person, a workspace and its owner, and writes it down", async () => {
    const { userId, workspaceId } = await world.signUpWith("New@Example.com ", password);
    const found = await readSessionUser(world.db, userId, 1);
    expect(found?.user.email).toBe("new@example.com");
    expect(found?.memberships).toEqual([{ workspaceId, workspaceName: "Acme", role: "owner" }]);
    const rows = await world.db.select().from(activities).where(eq(activities.workspaceId, workspaceId));
    expect(rows.map(({ kind }) => kind)).toEqual(["workspace/created"]);
  });

  it("refuses an address that has an account, also when two come at once", async () => {
    const both = await Promise.allSettled([
      world.signUpWith("twice@example.com", password),
      world.signUpWith("TWICE@example.com", password),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "already_exists", details: { fields: { email: "email_taken" } } },
    });
  });

  it("refuses a password under 10 characters and stores none in the clear", async () => {
    await expect(world.signUpWith("short@example.com", "nine char")).rejects.toThrow("password_too_short");
    const [person] = await world.db.select().from(users).where(eq(users.email, "new@example.com"));
    expect(person?.passwordHash).toMatch(/^scrypt\$/);
    expect(person?.passwordHash).not.toContain(password);
  });
});

describe("signing in", () => {
  it("takes the right password, however the address is typed", async () => {
    await world.signUpWith("ines@example.com", password);
    expect(await attempt(" Ines@Example.com", password)).toMatchObject({ email: "ines@example.com" });
  });

  it("answers a wrong password and an unknown address alike", async () => {
    const wrong = await attempt("ines@example.com", "wrong password").catch((error) => error);
    const unknown = await attempt("nobody@example.com", "wrong password").catch((error) => error);
    expect(wrong).toMatchObject({ code: "invalid_input", details: { reason: "wrong_password" } });
    expect({ ...unknown, message: unknown.message }).toEqual({ ...wrong, message: wrong.message });
  });

  it("after ten wrong passwords refuses even the right one, and waiting works again", async () => {
    await world.signUpWith("limited@example.com", password);
    for (let i = 0; i < 10; i++) {
      await expect(attempt("limited@example.com", "wrong password", at(0, i))).rejects.toMatchObject({
        code: "invalid_input",
      });
    }
    await expect(attempt("limited@example.com", password, at(5))).rejects.toMatchObject({
      code: "too_many_attempts",
      details: { values: { minutes: 10 } },
    });
    expect(await attempt("limited@example.com", password, at(15, 1))).toMatchObject({
      email: "limited@example.com",
    });
  });

  it("limits an address nobody has in the same way", async () => {
    const guesses = Array.from({ length: 10 }, (_, i) => attempt("ghost@example.com", "guess", at(20, i)));
    await Promise.allSettled(guesses);
    await expect(attempt("ghost@example.com", "guess", at(21))).rejects.toMatchObject({
      code: "too_many_attempts",
    });
  });

  it("lets no more than ten of thirty simultaneous guesses through", async () => {
    const now = at(40);
    const guesses = Array.from({ length: 30 }, () => attempt("crowd@example.com", "guess", now));
    const codes = (await Promise.allSettled(guesses)).map((one) =>
      one.status === "rejected" ? one.reason.code : "in",
    );
    expect(codes.filter((code) => code === "invalid_input")).toHaveLength(10);
    expect(codes.filter((code) => code === "too_many_attempts")).toHaveLength(20);
  });

  it("limits one network address over many accounts", async () => {
    const rows = await guessFromOneAddress("192.0.2.7", 100);
    expect(rows).toBe(100);
    await expect(attempt("other@example.com", "guess", at(51), "192.0.2.7")).rejects.toMatchObject({
      code: "too_many_attempts",
    });
    await expect(attempt("other@example.com", "guess", at(51), "192.0.2.8")).rejects.toMatchObject({
      code: "invalid_input",
    });
  });

  it("keeps no address in the clear", async () => {
    const rows = await world.db.select().from(signInFailures);
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toMatch(/example\.com|192\.0\.2/);
  });
});

describe("sessions", () => {
  it("end when the password changes and when the person ends them", async () => {
    const { userId, workspaceId } = await world.signUpWith("vera@example.com", password);
    const ctx = { ...world.deps, userId, userName: "Vera", workspaceId, role: "owner" as const };
    await expect(
      changePassword({ ctx, input: { currentPassword: "not it at all", newPassword: "another password" } }),
    ).rejects.toMatchObject({ details: { fields: { currentPassword: "wrong_current_password" } } });
    expect(await readSessionUser(world.db, userId, 1)).not.toBeNull();

    await changePassword({ ctx, input: { currentPassword: password, newPassword: "another password" } });
    expect(await readSessionUser(world.db, userId, 1)).toBeNull();
    await expect(attempt("vera@example.com", password)).rejects.toMatchObject({ code: "invalid_input" });
    expect(await attempt("vera@example.com", "another password")).toMatchObject({ sessionVersion: 2 });

    await endSessions({ ctx });
    expect(await readSessionUser(world.db, userId, 2)).toBeNull();
  });
});

describe("single sign-on", () => {
  const claims = {
    iss: "https://id.example.com",
    email: "olga@example.com",
    email_verified: true,
    name: "Olga",
  };
  const enter = (over: object) =>
    signInWithOidc({ deps: world.deps, input: { ...claims, sub: "1", ...over } });

  it("makes an account once and finds it by its subject when the address changes", async () => {
    const first = await enter({});
    expect((await enter({ email: "olga.new@example.com" })).id).toBe(first.id);
  });

  it("refuses an address that the provider has not verified", async () => {
    await expect(enter({ sub: "2", email: "vera@example.com", email_verified: false })).rejects.toMatchObject(
      {
        details: { reason: "oidc_email_unverified" },
      },
    );
  });

  it("takes an account over only with its password and sessions ended", async () => {
    const { userId } = await world.signUpWith("squatted@example.com", password);
    const owner = await enter({ sub: "3", email: "Squatted@example.com" });
    expect(owner.id).toBe(userId);
    expect(await readSessionUser(world.db, userId, 1)).toBeNull();
    await expect(attempt("squatted@example.com", password)).rejects.toMatchObject({ code: "invalid_input" });
  });

  it("never hands an account over to a second subject", async () => {
    await expect(enter({ sub: "4", email: "squatted@example.com" })).rejects.toMatchObject({
      code: "already_exists",
    });
  });
});

/** Wrong passwords for many addresses, sent through the counter alone: hashing a hundred would take a minute. */
async function guessFromOneAddress(address: string, times: number): Promise<number> {
  for (let i = 0; i < times; i++) {
    await limitAttempts(world.db, [{ kind: "address", value: address, limit: 100 }], at(50));
  }
  return times;
}
