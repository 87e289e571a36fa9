import type { Account } from "../account/account";
import type { Contact } from "../contacts/contact";
import { person } from "./person";

const START = Date.UTC(2026, 0, 5, 8);
const HOUR = 3_600_000;
const STEP = 17 * HOUR;
/** As many steps as fill a year. */
const STEPS = 500;

export function seedContacts(account: Account, first: number, count: number): void {
  for (let i = first; i < first + count; i++) {
    // A year of arrivals, however many come.
    const at = past(START + ((i - first) % STEPS) * STEP, account.now());
    const contact: Contact = {
      id: account.contacts.nextId(),
      properties: { ...core(i), ...extras(account, i) },
      history: {},
      createdAt: at,
      updatedAt: at,
      source: i % 3 === 0 ? "IMPORT 1" : `CRM_UI userId:${account.info.user.id}`,
    };
    account.contacts.save(contact);
    account.lists.refresh(contact, at);
    if (i % 4 === 0) account.lists.add("1", contact.id, at);
  }
}

export function seedLists(account: Account): void {
  const at = past(START, account.now());
  const common = { listVersion: 1, createdAt: at, updatedAt: at };
  for (const list of [
    { name: "Trade fair visitors", processingType: "MANUAL" as const },
    {
      name: "All leads",
      processingType: "DYNAMIC" as const,
      rule: { property: "lifecyclestage", value: "lead" },
    },
    {
      name: "Contacts in Brazil",
      processingType: "DYNAMIC" as const,
      rule: { property: "country", value: "Brazil" },
    },
  ])
    account.lists.save({ listId: account.lists.nextId(), ...common, ...list });
}

/** That time, or as many years earlier as it takes: nobody arrives after the account's own clock. */
function past(at: number, now: number): number {
  const year = STEPS * STEP;
  return at - Math.max(0, Math.ceil((at - now) / year)) * year;
}

function core(i: number): Record<string, string> {
  const { linkedin, ...values } = person(i);
  return { ...values, hs_linkedin_url: linkedin };
}

const stages = ["lead", "subscriber", "marketingqualifiedlead", "customer", "opportunity"];
const statuses = ["NEW", "OPEN", "CONNECTED", "IN_PROGRESS", "BAD_TIMING"];
const tiers = ["tier_1", "tier_2", "tier_3"];
const interests = [
  "analytics;automation",
  "integrations",
  "training;analytics",
  "automation;integrations;training",
];

// Not everybody has everything: gaps are what a real account looks like.
function extras(account: Account, i: number): Record<string, string> {
  const values: Record<string, string | undefined> = {
    lifecyclestage: stages[i % stages.length],
    hs_lead_status: i % 2 === 0 ? statuses[i % statuses.length] : undefined,
    hubspot_owner_id: i % 3 === 0 ? undefined : account.owners()[i % 4]?.id,
    team_size: i % 3 === 0 ? String(3 + ((i * 7) % 240)) : undefined,
    renewal_date: i % 5 === 0 ? day(i) : undefined,
    last_meeting_at:
      i % 6 === 0 ? `${day(i + 31)}T${String(8 + (i % 9)).padStart(2, "0")}:30:00.000Z` : undefined,
    newsletter: i % 4 === 0 ? "true" : i % 4 === 1 ? "false" : undefined,
    account_tier: i % 2 === 1 ? tiers[i % tiers.length] : undefined,
    interests: i % 7 === 0 ? interests[i % interests.length] : undefined,
  };
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function day(i: number): string {
  return new Date(Date.UTC(2026, 0, 1) + ((i * 13) % 500) * 24 * HOUR).toISOString().slice(0, 10);
}
