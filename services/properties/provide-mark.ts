import { RemoteError } from "@/connectors/hubspot/remote-error";
import { openConnection } from "@/services/connections/open-connection";
import { forPerson } from "@/services/connections/remote-failure";
import type { Ctx } from "@/services/context";
import { ServiceError } from "@/services/service-error";
import { contactMark, faultOfMark, type MarkFault } from "@/sync/contact-mark";
import type { FieldDefinition } from "@/sync/field-definition";

/** The property that carries the ids of prospects, made where the account has none. Says why where it cannot be used. */
export async function provideMark(
  ctx: Ctx,
  connectionId: string,
): Promise<{ property: FieldDefinition; isNew: boolean }> {
  return await forPerson(async () => {
    const { properties } = await openConnection(ctx, connectionId);
    const find = async () => (await properties.list()).find(({ key }) => key === contactMark.name);
    const there = await find();
    if (there) return { property: usable(there), isNew: false };
    if ((await properties.listArchived()).has(contactMark.name)) throw refused("mark_archived");
    try {
      const made = await properties.create({ ...contactMark, type: "text", options: [], unique: true });
      return { property: usable(made), isNew: true };
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error;
      // Somebody else may have switched it on at the same moment; what the list does not tell of takes the name as well.
      const theirs = error.kind === "conflict" ? await find() : undefined;
      if (theirs) return { property: usable(theirs), isNew: false };
      if (error.kind === "conflict") throw refused("mark_name_taken", error);
      if (error.kind === "rejected") throw refused("mark_refused", error, { message: error.said ?? "?" });
      throw error;
    }
  });
}

const reasons: Record<MarkFault, string> = {
  hubspot_property_type_changed: "mark_name_taken",
  hubspot_property_not_unique: "mark_name_taken",
  hubspot_property_read_only: "mark_read_only",
};

function usable(property: FieldDefinition): FieldDefinition {
  const fault = faultOfMark(property);
  if (fault) throw refused(reasons[fault]);
  return property;
}

function refused(reason: string, cause?: RemoteError, values?: Record<string, string>): ServiceError {
  const reference = cause?.correlationId;
  return new ServiceError(
    "hubspot_refused",
    `the property for the ids of prospects cannot be used: ${reason}`,
    { reason, ...(values ? { values } : {}), ...(reference ? { reference } : {}) },
    { cause },
  );
}
