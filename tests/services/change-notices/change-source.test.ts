// Push where HubSpot can reach the app, else the journal where the app may read it, else the search alone.
import { describe, expect, it } from "vitest";
import { changeSource, journalExtent, readsRecycleBin } from "@/services/change-notices/change-source";

const now = new Date("2026-11-28T12:00:00Z");
type More = { sandbox?: boolean; refusedHoursAgo?: number; readHoursAgo?: number };
const ago = (hours: number | undefined) =>
  hours === undefined ? null : new Date(now.getTime() - hours * 3_600_000);
const reach = (appUrl: string, { sandbox = false, refusedHoursAgo, readHoursAgo }: More) => ({
  appUrl,
  sandbox,
  journalRefusedAt: ago(refusedHoursAgo),
  journalReadAt: ago(readHoursAgo),
});
const choose = (appUrl: string, more: More = {}) => changeSource(reach(appUrl, more), now);
const extent = (appUrl: string, more: More = {}) => journalExtent(reach(appUrl, more), now);

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

  it("is the recycle bin as well where HubSpot refuses the journal, or it cannot be read for an hour", () => {
    const bin = (more: More, failsHours?: number) =>
      readsRecycleBin({ ...reach("https://sync.acme.com", more), journalFailsSince: ago(failsHours) }, now);
    expect(bin({ refusedHoursAgo: 1 })).toBe(true);
    expect(bin({ refusedHoursAgo: 25 })).toBe(false);
    expect(bin({})).toBe(false);
    expect(bin({}, 0.9)).toBe(false);
    expect(bin({}, 1.1)).toBe(true);
  });

  it("is push where the sandbox of this machine is in use", () => {
    expect(choose("http://localhost:3000", { sandbox: true })).toBe("push");
  });
});

describe("the journal (Verifies: R-72)", () => {
  it("is read each minute and for everything where HubSpot cannot push", () => {
    expect(extent("http://localhost:3000")).toBe("everything");
    expect(extent("http://localhost:3000", { readHoursAgo: 0.01 })).toBe("everything");
  });

  it("is read once an hour beside pushed notices, for what only they tell soon", () => {
    expect(extent("https://sync.acme.com")).toBe("removals");
    expect(extent("https://sync.acme.com", { readHoursAgo: 0.9 })).toBe("nothing");
    expect(extent("https://sync.acme.com", { readHoursAgo: 1 })).toBe("removals");
    expect(extent("http://localhost:3000", { sandbox: true, readHoursAgo: 1 })).toBe("removals");
  });

  it("is left alone for a day where HubSpot refuses it, wherever notices come from", () => {
    for (const appUrl of ["http://localhost:3000", "https://sync.acme.com"]) {
      expect(extent(appUrl, { refusedHoursAgo: 23, readHoursAgo: 23 })).toBeUndefined();
      expect(extent(appUrl, { refusedHoursAgo: 25, readHoursAgo: 25 })).toBeDefined();
    }
  });
});
