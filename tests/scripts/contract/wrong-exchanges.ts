import type { Exchange } from "@/scripts/test/contract/exchange";
import { contact, contacts, journalFile, place, property, right } from "./right-exchanges";

const sent = (right: Exchange, body: unknown): Exchange => ({
  ...right,
  request: { ...right.request, body },
});
const at = (right: Exchange, url: string): Exchange => ({ ...right, url });
const header = (right: Exchange, more: Partial<Exchange["request"]>): Exchange => ({
  ...right,
  request: { ...right.request, ...more },
});
const answered = (right: Exchange, more: Partial<NonNullable<Exchange["answer"]>>): Exchange => ({
  ...right,
  answer: right.answer && { ...right.answer, ...more },
});

type Case = [what: string, exchange: Exchange, said: RegExp];
const many = Array.from({ length: 101 }, (_, id) => ({ id: String(id) }));
const filter = { propertyName: "email", operator: "EQ", value: "x" };

export const wrongRequests: Case[] = [
  ["an address of version 3", at(right.page, "/crm/v3/objects/contacts"), /describes no GET/],
  ["a misspelt path", at(right.batchRead, `${contacts}/batch/reads`), /describes no POST/],
  ["a method that the path does not have", { ...right.update, method: "PUT" }, /describes no PUT/],
  ["a misspelt name in the query", at(right.page, `${contacts}?limt=5`), /query limt: not in spec/],
  ["a limit that is no number", at(right.page, `${contacts}?limit=many`), /query limit: .*integer/],
  ["a page of more than a hundred", at(right.page, `${contacts}?limit=101`), /query limit: .*<= 100/],
  ["a page of none", at(right.page, `${contacts}?limit=0`), /query limit: .*>= 1/],
  [
    "a flag that is neither true nor false",
    at(right.page, `${contacts}?archived=maybe`),
    /archived: .*boolean/,
  ],
  ["a contact without properties", sent(right.create, {}), /required property 'properties'/],
  ["a value that is null", sent(right.create, { properties: { city: null } }), /city must be string/],
  [
    "a value that is a number",
    sent(right.update, { properties: { team_size: 3 } }),
    /team_size must be string/,
  ],
  [
    "a field that is not named",
    sent(right.update, { properties: {}, propertys: {} }),
    /additional properties/,
  ],
  ["no body at all", sent(right.create, null), /must be object/],
  ["a body where none is taken", sent(right.archive, { id: "101" }), /none is expected/],
  ["an id that is a number", sent(right.batchRead, { inputs: [{ id: 101 }] }), /id must be string/],
  ["an input without an id", sent(right.batchRead, { inputs: [{ nr: "1" }] }), /required property 'id'/],
  ["a batch of more than a hundred", sent(right.batchRead, { inputs: many }), /100 items/],
  ["a batch without inputs", sent(right.batchRead, { properties: [] }), /required property 'inputs'/],
  [
    "a comparison that search does not know",
    sent(right.search, { filterGroups: [{ filters: [{ ...filter, operator: "LIKE" }] }] }),
    /operator must be equal to one of/,
  ],
  ["a search of more than 200", sent(right.search, { limit: 201 }), /limit must be <= 200/],
  [
    "a search with six groups",
    sent(right.search, { filterGroups: Array(6).fill({ filters: [filter] }) }),
    /5 items/,
  ],
  [
    "a group of seven filters",
    sent(right.search, { filterGroups: [{ filters: Array(7).fill(filter) }] }),
    /6 items/,
  ],
  [
    "a sort without a property",
    sent(right.search, { sorts: [{ by: "x" }] }),
    /required property 'propertyName'/,
  ],
  [
    "a property of an unknown type",
    sent(right.property, { ...property, type: "word" }),
    /type must be equal/,
  ],
  [
    "an option without an order",
    sent(right.property, { ...property, options: [{ label: "A", value: "a", hidden: false }] }),
    /displayOrder/,
  ],
  ["a search of lists without its offset", sent(right.lists, { query: "x" }), /required property 'offset'/],
  ["a grant of an unknown type", sent(right.token, { grant_type: "password" }), /grant_type must be equal/],
  [
    "a secret under another name",
    sent(right.token, { grant_type: "refresh_token", secret: "s" }),
    /additional properties/,
  ],
  [
    "a form where JSON is taken",
    header(right.create, { contentType: "text/plain" }),
    /content-type: text\/plain/,
  ],
  ["JSON where a form is taken", header(right.token, { contentType: "application/json" }), /content-type/],
  ["a call without a token", header(right.page, { authorization: "" }), /authorization: none/],
  [
    "a token for the token service",
    header(right.token, { authorization: "bearer" }),
    /authorization: bearer/,
  ],
];

const body = (of: Exchange, more: object) =>
  answered(of, { body: { ...(of.answer?.body as object), ...more } });
const without = (of: Exchange, name: string) => body(of, { [name]: undefined });

export const wrongAnswers: Case[] = [
  ["a creation with 200", answered(right.create, { status: 200 }), /status 200 not in spec/],
  ["an archive with 200", answered(right.archive, { status: 200, body: {} }), /status 200 not in spec/],
  ["an archive with a body", answered(right.archive, { body: contact }), /body not expected/],
  ["a page without results", without(right.page, "results"), /required property 'results'/],
  ["results that are no list", body(right.page, { results: contact }), /results must be array/],
  ["a next page without its mark", body(right.page, { paging: { next: {} } }), /required property 'after'/],
  ["a mark that is a number", body(right.page, { paging: { next: { after: 5 } } }), /after must be string/],
  ["a contact without an id", without(right.create, "id"), /required property 'id'/],
  ["an id that is a number", body(right.create, { id: 101 }), /id must be string/],
  ["a value that is a number", body(right.create, { properties: { n: 1 } }), /n must be string/],
  ["a value that is a flag", body(right.create, { properties: { n: true } }), /n must be string/],
  [
    "a time that is a number",
    body(right.create, { createdAt: 1_762_000_000_000 }),
    /createdAt must be string/,
  ],
  [
    "a time without a zone",
    body(right.create, { updatedAt: "2026-11-01 10:00" }),
    /updatedAt must match format/,
  ],
  ["no word on the archive", without(right.update, "archived"), /required property 'archived'/],
  ["a field that HubSpot does not have", body(right.update, { version: 3 }), /additional properties/],
  ["a batch without its status", without(right.batchRead, "status"), /required property 'status'/],
  ["a batch in an unknown state", body(right.batchRead, { status: "DONE" }), /status must be equal/],
  ["a batch without its end", without(right.batchRead, "completedAt"), /required property 'completedAt'/],
  [
    "a batch's error without a message",
    body(right.batchCreate, { errors: [{ category: "CONFLICT" }] }),
    /'message'/,
  ],
  [
    "a context that is no list",
    body(right.batchCreate, { errors: [{ category: "CONFLICT", message: "No", context: { id: "1" } }] }),
    /id must be array/,
  ],
  ["a search without a total", without(right.search, "total"), /required property 'total'/],
  ["a total that is text", body(right.search, { total: "1" }), /total must be integer/],
  ["an error without a category", without(right.refusal, "category"), /required property 'category'/],
  [
    "an error without its number",
    without(right.refusal, "correlationId"),
    /required property 'correlationId'/,
  ],
  [
    "an error's number of another form",
    body(right.refusal, { correlationId: "7" }),
    /correlationId must match/,
  ],
  [
    "an error that is a page",
    answered(right.refusal, { contentType: "text/html", body: "<h1>" }),
    /must be object/,
  ],
  [
    "a failure of HubSpot's own that is a page",
    answered(right.gateway, { status: 500, body: "<html>" }),
    /must be object/,
  ],
  [
    "JSON under another type",
    answered(right.page, { contentType: "text/plain" }),
    /content-type: text\/plain/,
  ],
  ["a member without a time", body(right.members, { results: [{ recordId: "1" }] }), /membershipTimestamp/],
  ["a token without its lifetime", without(right.token, "expires_in"), /expires_in|oneOf/],
  ["a lifetime that is text", body(right.token, { expires_in: "1800" }), /expires_in|oneOf/],
  ["a file of the journal without its address", without(right.journalRead, "url"), /required property 'url'/],
  [
    "a file of the journal without its place",
    without(right.journalRead, "currentOffset"),
    /required property 'currentOffset'/,
  ],
  [
    "a place in the journal that is a number",
    body(right.journalRead, { currentOffset: 7 }),
    /currentOffset must be string/,
  ],
  [
    "a place in the journal of another form",
    body(right.journalRead, { currentOffset: "7" }),
    /currentOffset must match format/,
  ],
  [
    "a file of the journal without an end",
    body(right.journalRead, { expiresAt: "soon" }),
    /expiresAt must match/,
  ],
  [
    "a file of the journal in words of ours",
    body(right.journalRead, { offset: place }),
    /additional properties/,
  ],
  ["the journal's end with a body", answered(right.journalEnd, { body: journalFile }), /body not expected/],
  [
    "the journal's end with 404 and no error",
    answered(right.journalEnd, { status: 404, body: {} }),
    /required property/,
  ],
  [
    "several files of which one has no address",
    body(right.journalBatch, { results: [journalFile, { ...journalFile, url: undefined }] }),
    /required property 'url'/,
  ],
  [
    "several files of which one has a number for its place",
    body(right.journalBatch, { results: [{ ...journalFile, currentOffset: 7 }] }),
    /currentOffset must be string/,
  ],
  [
    "a refusal of a token without its reason",
    without(right.tokenRefusal, "error"),
    /required property 'error'/,
  ],
];
