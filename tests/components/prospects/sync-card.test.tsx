// How a prospect stands is told on its page with what a person can do about it, as among the records of the integration.
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { SyncCard } from "@/components/prospects/sync-card";
import en from "@/messages/en.json";
import type { ProspectView } from "@/services/prospects/read-prospect";

type Sync = ProspectView["sync"][number];

const sync: Sync = {
  integrationId: "i",
  accountId: "7",
  accountName: "Northwind",
  state: "active",
  stopped: false,
  contactId: null,
  verifiedAt: null,
  waiting: false,
  status: "failing",
  reason: "email_rejected",
  detail: { message: "is invalid" },
};

function shown(change: Partial<Sync>): string {
  return renderToStaticMarkup(
    <QueryClientProvider client={new QueryClient()}>
      <NextIntlClientProvider locale="en" messages={en} timeZone="UTC">
        <MantineProvider>
          <SyncCard
            prospectId="p"
            name="Ana"
            sync={[{ ...sync, ...change }]}
            deleted={false}
            tryAgain={async () => ({ ok: true, data: { tried: 1 } })}
            refresh={async () => {}}
          />
        </MantineProvider>
      </NextIntlClientProvider>
    </QueryClientProvider>,
  );
}

// Verifies
describe("a prospect's page", () => {
  it("offers to try a failing one again, where syncing runs", () => {
    expect(shown({})).toContain('aria-label="Try again: Ana"');
    expect(shown({ state: "paused" })).not.toContain("Try again");
    expect(shown({ status: "in_sync", reason: null })).not.toContain("Try again");
  });

  it("leads to what decides about one that is in conflict, kept apart or left out by a setting", () => {
    expect(shown({ status: "in_conflict", reason: null })).toContain(
      'href="/settings/integrations/i/conflicts?record=snov~p"',
    );
    const excluded = (reason: string) => shown({ status: "excluded", reason });
    expect(excluded("kept_apart")).toContain("/conflicts/decided?record=snov");
    expect(excluded("out_of_scope")).toContain('href="/settings/integrations/i/settings"');
    expect(excluded("erased")).not.toContain("/settings/integrations/i/settings");
  });
});
