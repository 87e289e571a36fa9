import type { Account } from "../account/account";
import { invalid } from "../http/api-error";
import { type Contact, numberOf, readProperty } from "./contact";
import type { SearchBody } from "./contact-bodies";
import { filterTest } from "./filter-test";

const MOST_RESULTS = 10_000;
const MOST_FILTERS = 18;
const QUERY_PROPERTIES = [
  "firstname",
  "lastname",
  "email",
  "phone",
  "mobilephone",
  "company",
  "hs_additional_emails",
];

export interface Found {
  total: number;
  page: Contact[];
  next: number | null;
}

export function searchContacts(account: Account, request: SearchBody): Found {
  const limit = request.limit ?? 10;
  const after = Number(request.after ?? 0);
  if (!Number.isInteger(after) || after < 0) throw invalid(`Invalid paging offset: ${request.after}`);
  if (after + limit > MOST_RESULTS) throw invalid(`Paging beyond ${MOST_RESULTS} results is not allowed`);
  const test = requestTest(account, request);
  const matching: Contact[] = [];
  for (const contact of account.contacts.indexed()) if (test(contact)) matching.push(contact);
  const found = sorted(account, matching, request.sorts?.[0]);
  const page = found.slice(after, after + limit);
  const end = after + page.length;
  return { total: found.length, page, next: end < found.length && page.length > 0 ? end : null };
}

function requestTest(account: Account, request: SearchBody): (contact: Contact) => boolean {
  const groups = request.filterGroups ?? [];
  if (groups.flatMap((group) => group.filters).length > MOST_FILTERS)
    throw invalid(`A search takes ${MOST_FILTERS} filters at most`);
  const tests = groups.map((group) => group.filters.map((filter) => filterTest(account, filter)));
  const words = (request.query ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  return (contact) =>
    (tests.length === 0 || tests.some((group) => group.every((test) => test(contact)))) &&
    (words.length === 0 || hasWords(contact, words));
}

function hasWords(contact: Contact, words: string[]): boolean {
  const text = QUERY_PROPERTIES.map((name) => contact.properties[name] ?? "")
    .join(" ")
    .toLowerCase();
  return words.every((word) => text.includes(word));
}

type Sort = NonNullable<SearchBody["sorts"]>[number];

function sorted(account: Account, contacts: Contact[], wanted: Sort | undefined): Contact[] {
  if (wanted === undefined) return contacts;
  const { name, down } =
    typeof wanted === "string"
      ? parseSort(wanted)
      : { name: wanted.propertyName, down: wanted.direction === "DESCENDING" };
  const property = account.properties.get(name);
  if (!property) throw invalid(`There is no property named ${name} to sort by`);
  // Contacts come in the order of their ids.
  if (property.name === "hs_object_id") return down ? contacts.reverse() : contacts;
  const numeric = property.type === "number";
  const keyed = contacts.map((contact) => {
    const value = numberOf[property.name]?.(contact) ?? readProperty(contact, property.name);
    return { contact, key: value === undefined || !numeric ? value : Number(value) };
  });
  keyed.sort(({ key: left }, { key: right }) => {
    if (left === undefined || right === undefined)
      return Number(left === undefined) - Number(right === undefined);
    const order = left < right ? -1 : left > right ? 1 : 0;
    return down ? -order : order;
  });
  return keyed.map(({ contact }) => contact);
}

function parseSort(text: string): { name: string; down: boolean } {
  return { name: text.replace(/^-/, ""), down: text.startsWith("-") };
}
