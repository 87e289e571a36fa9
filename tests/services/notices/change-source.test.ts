// Push where HubSpot can reach the app, else the journal where the app may read it, else the search alone.
import { describe, expect, it } from "vitest";
import { changeSource } from "@/services/notices/change-source";

const now = new Date("2026-11-28T12:00:00Z");
const choose = (appUrl: string, more: { sandbox?: boolean; refusedHoursAgo?: number } = {}) =>
  changeSource(
    {
      appUrl,
      sandbox: more.sandbox ?? false,
      journalRefusedAt:
        more.refusedHoursAgo === undefined
          ? null
          : new Date(now.getTime() - more.refusedHoursAgo * 3_600_000),
    },
    now,
  );

describe("the source of changes (Verifies: R-72)", () => {
  it.each(["https://sync.acme.com", "https://sync.acme.com:8443/app", "https://172.32.0.1"])(
    "is push where HubSpot can reach %s",
    (url) => {
      expect(choose(url)).toBe("push");
    },
  );

  it.each([
    "http://sync.acme.com",
    "https://localhost:3000",
    "https://app",
    "https://10.0.0.7",
    "https://172.16.4.1",
    "https://192.168.1.20",
    "https://127.0.0.1",
    "https://sync.internal",
    "https://[::1]",
  ])("is the journal where HubSpot cannot reach %s", (url) => {
    expect(choose(url)).toBe("journal");
  });

  it("is the search alone where HubSpot refuses the journal, which is asked for again a day later", () => {
    expect(choose("http://localhost:3000", { refusedHoursAgo: 1 })).toBe("poll");
    expect(choose("http://localhost:3000", { refusedHoursAgo: 25 })).toBe("journal");
    expect(choose("https://sync.acme.com", { refusedHoursAgo: 1 })).toBe("push");
  });

  it("is push where the sandbox of this machine is in use", () => {
    expect(choose("http://localhost:3000", { sandbox: true })).toBe("push");
  });
});
