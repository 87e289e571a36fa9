import { z } from "zod";
import { storableText } from "@/lib/storable-text";
import { matchKey } from "@/sync/match-key";
import { isEmpty, type Value } from "@/sync/value";
import type { ProspectField } from "./prospect-fields";

export type ParsedValue = { ok: true; value: Value } | { ok: false; reason: string };

const maxText = 2000;
const maxItems = 20;

/** A person's input as a value of the field's type, or the reason (a text under `errors`) why it is none. */
export function parseFieldValue(field: ProspectField, raw: Value): ParsedValue {
  if (field.kind === "emails") return parseEmails(raw);
  if (field.kind === "phones") return parsePhones(raw);
  if (isEmpty(raw)) return accept(null);
  switch (field.kind) {
    case "boolean":
      return typeof raw === "boolean" ? accept(raw) : refuse("not_yes_no");
    case "choices":
      return parseChoices(field, raw);
    default:
      return typeof raw === "string" ? parseText(field, raw.trim()) : refuse("invalid_value");
  }
}

function parseText(field: ProspectField, text: string): ParsedValue {
  if (text.length > maxText) return refuse("value_too_long");
  switch (field.kind) {
    case "number":
      return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) ? accept(text) : refuse("not_a_number");
    case "date":
      return z.iso.date().safeParse(text).success ? accept(text) : refuse("not_a_date");
    case "datetime":
      return z.iso.datetime({ offset: true }).safeParse(text).success
        ? accept(new Date(text).toISOString())
        : refuse("not_a_date_time");
    case "choice":
      return field.options.some((option) => option.value === text) ? accept(text) : refuse("not_a_choice");
    default:
      return isAddressField(field.key) && !looksLikeAddress(text)
        ? refuse("not_a_web_address")
        : accept(storableText(text));
  }
}

function parseChoices(field: ProspectField, raw: Value): ParsedValue {
  if (!Array.isArray(raw)) return refuse("not_a_choice");
  const allowed = new Set(field.options.map((option) => option.value));
  return raw.every((value) => allowed.has(value)) ? accept([...new Set(raw)]) : refuse("not_a_choice");
}

function parseEmails(raw: Value): ParsedValue {
  const emails = listOf(raw);
  if (!emails) return refuse("invalid_value");
  if (emails.length > maxItems) return refuse("too_many_emails");
  if (!emails.every((email) => email.length <= 254 && z.email().safeParse(email).success)) {
    return refuse("email_invalid");
  }
  return new Set(emails.map(matchKey)).size < emails.length ? refuse("email_twice") : accept(emails);
}

function parsePhones(raw: Value): ParsedValue {
  const phones = listOf(raw);
  if (!phones) return refuse("invalid_value");
  if (phones.length > maxItems) return refuse("too_many_phones");
  return phones.every((phone) => phone.length <= 60 && /\d/.test(phone))
    ? accept([...new Set(phones)])
    : refuse("phone_invalid");
}

function listOf(raw: Value): string[] | null {
  if (raw === null) return [];
  if (!Array.isArray(raw)) return null;
  return raw.map((item) => storableText(item).trim()).filter(Boolean);
}

function isAddressField(key: string): boolean {
  return key === "website" || key === "linkedin_url";
}

/** `example.com` and `https://example.com/x`; people paste both. */
function looksLikeAddress(text: string): boolean {
  return /^(https?:\/\/)?[^\s/?#]+\.[^\s/?#.]{2,}([/?#]\S*)?$/i.test(text);
}

function accept(value: Value): ParsedValue {
  return { ok: true, value };
}

function refuse(reason: string): ParsedValue {
  return { ok: false, reason };
}
