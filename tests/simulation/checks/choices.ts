import { mayWrite } from "../settings";
import { asHubspotValue, sameMeaning } from "../values";
import type { World } from "../world";
import { entriesOf, type Journal } from "./journal";

/**
 * A person's choice about unmoved values is what both sides have had by the time their conflict is closed by it, as far as
 * the direction lets them; what anybody does after that is theirs.
 */
export async function checkChoices(world: World, journal: Journal): Promise<string[]> {
  const rows = await world.database.raw(
    `select id::text, resolution_id::text as resolution, extract(epoch from closed_at) * 1000 as closed
     from conflicts where outcome = 'applied' and closed_at is not null`,
  );
  return world.choices.flatMap(
    ({ id, at, resolutionId, choice, field, recordId, contactId, snov, hubspot }) => {
      const closed = rows.find((row) => row.id === id && row.resolution === resolutionId);
      const isSame = contactId !== null && world.account.contacts.get(contactId)?.id === contactId;
      if (!closed || !field || !isSame || (choice.kind !== "take" && choice.kind !== "value")) return [];
      const value =
        choice.kind === "value"
          ? choice.value
          : choice.side === "hubspot"
            ? hubspot
            : asHubspotValue(field, snov);
      const sides = [
        { side: "snov", id: recordId },
        { side: "hubspot", id: contactId },
      ] as const;
      return sides.flatMap(({ side, id: record }) => {
        const entries = entriesOf(journal, side, record, field);
        const held = entries.some((entry, index) => {
          const next = entries[index + 1];
          const shared = side === "snov" ? asHubspotValue(field, entry.value) : entry.value;
          const wasThere = entry.at <= Number(closed.closed) && (!next || next.at >= at);
          return wasThere && shared !== undefined && sameMeaning(field, shared, value ?? null);
        });
        return held || !mayWrite(world.settings, field, side)
          ? []
          : [`${field[side]} of ${side} ${record} never had ${JSON.stringify(value)}, which was chosen`];
      });
    },
  );
}

/** An activity tells that a person chose to have this replaced. */
export function isChosen(world: World, cause: { kind: string; conflictId?: string }): boolean {
  return cause.kind === "member" && world.choices.some(({ id }) => id === cause.conflictId);
}
