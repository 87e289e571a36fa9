import type { AccountInfo } from "../account/account";
import type { Owner } from "../account/owner";

export const seedAccounts: AccountInfo[] = [
  {
    portalId: 24_000_001,
    name: "Northwind Sales",
    domain: "app.hubspot.com",
    timeZone: "America/Sao_Paulo",
    utcOffset: "-03:00",
    utcOffsetMilliseconds: -10_800_000,
    currency: "BRL",
    user: { id: 5101, email: "marta.oliveira@northwind-sales.example", name: "Marta Oliveira" },
  },
  {
    portalId: 24_000_002,
    name: "Blue Harbor Demo",
    domain: "app.hubspot.com",
    timeZone: "Europe/London",
    utcOffset: "+00:00",
    utcOffsetMilliseconds: 0,
    currency: "GBP",
    user: { id: 5201, email: "tom.ashby@blueharbor.example", name: "Tom Ashby" },
  },
];

const people: [string, string][] = [
  ["Joana", "Prado"],
  ["Peter", "Hallberg"],
  ["Chiara", "Lombardi"],
];

/** The account's user and three colleagues. */
export function seedOwners(info: AccountInfo): Owner[] {
  const domain = info.user.email.split("@")[1];
  const [first = "", last = ""] = info.user.name.split(" ");
  return [[first, last], ...people].map(([firstName = "", lastName = ""], at) => ({
    id: String((info.portalId % 10) * 100_000 + 81_001 + at),
    email: at === 0 ? info.user.email : `${firstName}.${lastName}@${domain}`.toLowerCase(),
    firstName,
    lastName,
    userId: info.user.id + at,
    userIdIncludingInactive: info.user.id + at,
    type: "PERSON",
    teams: [{ id: "1", name: at < 2 ? "Sales" : "Customer success", primary: true }],
    createdAt: "2025-01-15T09:00:00.000Z",
    updatedAt: "2025-01-15T09:00:00.000Z",
    archived: false,
  }));
}
