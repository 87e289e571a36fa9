import type { HubspotContacts } from "@/connectors/hubspot/contacts";
import type { PageContext } from "@/services/sync/page-context";
import { pastValues } from "@/services/sync/past-values";
import { riddenFields } from "@/services/sync/ridden-fields";
import { ownValue } from "@/sync/own-value";
import type { WrittenField } from "@/sync/undo";
import { isWrittenSince } from "@/sync/written-since";
import type { WrittenPair } from "./read-written";
import { isAutomatic } from "./touched-contacts";

type Asked = { contactId: string; properties: string[]; pair: WrittenPair };

/**
 * What was written to these pairs, with those of the properties marked that somebody in HubSpot has written since: no
 * activity of ours tells of what came back to the same value before we looked, or was given a second time.
 */
export async function withRewritten(
  contacts: HubspotContacts,
  page: PageContext,
  asked: Asked[],
): Promise<WrittenPair[]> {
  if (!asked.length) return [];
  const histories = await contacts.readHistories(
    asked.map(({ contactId, properties }) => ({ id: contactId, properties })),
  );
  const mappings = [...page.planner.mappings, ...riddenFields(page)];
  return asked.map(({ contactId, properties, pair }) => {
    const { hubspot } = pair.written;
    if (!hubspot) return pair;
    const marked = Object.entries(hubspot.fields).map(([field, write]): [string, WrittenField] => {
      const mapping = mappings.find(({ fields }) => fields.hubspot === field);
      const told = ownValue(pair.toldAt, field);
      if (!mapping || told === undefined || !properties.includes(field)) return [field, write];
      const entries = ownValue(histories.get(contactId) ?? {}, field) ?? [];
      const history = pastValues(
        page,
        mapping,
        entries.filter((entry) => !isAutomatic(entry)),
      );
      const isSince = isWrittenSince(mapping, "hubspot", { after: write.after, told }, history);
      return [field, isSince ? { ...write, touched: true } : write];
    });
    return {
      ...pair,
      written: { ...pair.written, hubspot: { ...hubspot, fields: Object.fromEntries(marked) } },
    };
  });
}
