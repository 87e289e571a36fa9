// How a prospect stands is told on its page with what a person can do about it, as among the records of the integration.
import { MantineProvider } from "@mantine/core";
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it, vi } from "vitest";
import { SyncCard } from "@/components/prospects/sync-card";
import type { RecordHelp } from "@/components/records/record-help";
import en from "@/messages/en.json";
import type { ProspectView } from "@/services/prospects/read-prospect";

vi.mock("@/components/overview/use-try-again", () => ({ useTryAgain: () => "trying" }));
vi.mock("@/components/records/record-help", () => ({
  RecordHelp: ({ record, name, tryAgain }: Parameters<typeof RecordHelp>[0]) =>
    `${record.side} ${record.recordId} ${record.status} ${record.reason} ${name} ${tryAgain}`,
}));

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
    </NextIntlClientProvider>,
  );
}

// Verifies
describe("a prospect's page", () => {
  it("offers what helps it, as among the records, and to try it again where syncing runs", () => {
    expect(shown({})).toContain("snov p failing email_rejected Ana trying");
    expect(shown({ state: "paused" })).toContain("snov p failing email_rejected Ana undefined");
    expect(shown({ status: "excluded", reason: "kept_apart" })).toContain("snov p excluded kept_apart Ana");
    expect(shown({ status: "in_conflict", reason: null })).toContain("snov p in_conflict null Ana");
  });
});
