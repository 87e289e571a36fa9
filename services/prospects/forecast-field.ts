import { RemoteError } from "@/connectors/hubspot/remote-error";
import { hubspotUserNames } from "@/db/queries/hubspot-users";
import type { ProspectSync } from "@/db/queries/prospects-sync";
import { openConnection } from "@/services/connections/open-connection";
import type { Deps } from "@/services/context";
import { loadPageContext } from "@/services/sync/load-page-context";
import type { PageContext } from "@/services/sync/page-context";
import { type PastContactValue, pastValues } from "@/services/sync/past-values";
import { planInput } from "@/services/sync/plan-page";
import { planRecords } from "@/services/sync/plan-records";
import type { RecordWork } from "@/services/sync/record-work";
import { ownValue } from "@/sync/own-value";
import { isOrdinary } from "@/sync/page-plan";
import type { PlannerMapping } from "@/sync/planner-settings";
import type { Value } from "@/sync/value";
import { type FieldForecast, type FieldForecasts, forecastField } from "@/sync/what-if";

export type FieldOutlook =
  | { kind: "inactive"; state: "paused" | "stopped" | "broken" }
  | { kind: "unmapped" }
  /** The mapping is stopped. */
  | { kind: "mapping_stopped" }
  /** A constant is written into it whenever something else of the prospect is. */
  | { kind: "constant"; value: Value }
  /** HubSpot could not be asked. */
  | { kind: "unreachable" }
  | { kind: "forecast"; property: string; forecasts: Record<keyof FieldForecasts, ToldForecast | null> };

export type ToldForecast =
  | FieldForecast
  /** HubSpot has refused to make the contact, which another value of this field does not change. */
  | { kind: "refused"; reason: string; detail: Record<string, string> };

/** `history`: of its property, as HubSpot has it; `users`: the names of HubSpot's users in it, by their ids. */
export type Foresight = {
  outlook: FieldOutlook;
  mapping: PlannerMapping | null;
  history: PastContactValue[];
  users: ReadonlyMap<string, string>;
};

/** What would become of a prospect's field now, by the planner itself, and what HubSpot's history says of its property. */
export async function foreseeField(
  deps: Deps,
  sync: ProspectSync,
  { prospectId, field }: { prospectId: string; field: string },
): Promise<Foresight> {
  const { integrationId, state, stopped } = sync;
  const nothing = (outlook: FieldOutlook) => ({
    outlook,
    mapping: null,
    history: [],
    users: new Map<string, string>(),
  });
  const page = await loadPageContext(deps.db, integrationId);
  if (!page)
    return nothing({
      kind: "inactive",
      state: state !== "paused" ? "broken" : stopped ? "stopped" : "paused",
    });
  const mapping = page.planner.mappings.find(({ fields }) => fields.snov === field);
  const constant = page.planner.constants.snov;
  if (!mapping)
    return nothing(
      constant?.field === field ? { kind: "constant", value: constant.value } : { kind: "unmapped" },
    );
  if (mapping.stopped) return nothing({ kind: "mapping_stopped" });
  try {
    return await askBothSides(deps, page, mapping, prospectId, sync);
  } catch (error) {
    if (error instanceof RemoteError) return { ...nothing({ kind: "unreachable" }), mapping };
    throw error;
  }
}

type Standing = Pick<ProspectSync, "status" | "reason" | "detail">;

async function askBothSides(
  deps: Deps,
  page: PageContext,
  mapping: PlannerMapping,
  prospectId: string,
  standing: Standing,
): Promise<Foresight> {
  const hubspot = await openConnection(deps, page.connectionId, "live");
  const [work] = await planRecords({ db: deps.db, hubspot }, page, [{ side: "snov", recordId: prospectId }]);
  const property = mapping.fields.hubspot;
  const contactId = work?.contact?.id;
  const histories = contactId
    ? await hubspot.contacts.readHistories([{ id: contactId, properties: [property] }])
    : undefined;
  const entries = ownValue(histories?.get(contactId ?? "") ?? {}, property) ?? [];
  const users = await hubspotUserNames(
    deps.db,
    page.connectionId,
    entries.map(({ userId }) => userId),
  );
  return {
    mapping,
    outlook: {
      kind: "forecast",
      property: page.labels.get(mapping.id)?.hubspot ?? property,
      forecasts: unlessRefused(forecastsOf(page, mapping, work), mapping, standing),
    },
    history: pastValues(page, mapping, entries),
    users,
  };
}

/** Where the records themselves are in question, no field of theirs is decided about. */
function forecastsOf(
  page: PageContext,
  mapping: PlannerMapping,
  work: RecordWork | undefined,
): FieldForecasts {
  const all = (forecast: FieldForecast) => ({ snov: forecast, hubspot: forecast, both: forecast });
  if (!work || work.outlived) return all({ kind: "record", plan: "gone" });
  const { plan } = work;
  if (work.dispute || work.apartFrom || work.givenUp || !isOrdinary(plan))
    return all(plan.kind === "excluded" ? plan : { kind: "record", plan: "disputed" });
  return forecastField(page.planner, planInput(work), mapping);
}

/** What HubSpot refuses for its address is made once that is another one; nobody else remembers it, as there is no pair. */
function unlessRefused(
  forecasts: FieldForecasts,
  { identity }: PlannerMapping,
  { status, reason, detail }: Standing,
): Record<keyof FieldForecasts, ToldForecast | null> {
  if (status !== "failing" || reason !== "email_rejected" || identity) return forecasts;
  const { snov } = forecasts;
  return { ...forecasts, snov: snov?.kind === "creates" ? { kind: "refused", reason, detail } : snov };
}
