import type { Scope } from "@/db/schema/integrations";
import type { ActivityCause } from "@/db/schema/sync";
import type { FuseAnswer } from "@/sync/fuse-answers";
import type { FuseSettings } from "@/sync/fuses";
import type { PlannerSettings } from "@/sync/planner-settings";
import type { ExtraKind } from "@/sync/record-plan";
import type { Both } from "@/sync/side";
import type { FieldType } from "@/sync/value";

/** All that a page needs to know about its integration, read once per page. */
export type PageContext = {
  integrationId: string;
  workspaceId: string;
  connectionId: string;
  receivingListId: string;
  outgoingScope: Scope;
  incomingScope: Scope;
  launchedAt: Date;
  /** The transfer that the page is of; null for what was noticed. */
  runId: string | null;
  /** Who undoes a transfer by it; null where each side is given what the other one has. */
  undoneBy: ActivityCause | null;
  planner: PlannerSettings;
  /** Of what contacts are given beside their mapped fields, that whose property takes nothing now. */
  stoppedExtras: ExtraKind[];
  /** The property in which contacts carry their prospect's id; null where nobody chose that, or it cannot be used now. */
  mark: string | null;
  fuses: FuseSettings;
  fuseAnswers: FuseAnswer[];
  /** Every field that a prospect has, empty. */
  emptyProspectFields: Record<string, null>;
  /** Mapping id → each side's label, for activities and reasons. */
  labels: Map<string, Both<string>>;
  /** Property name → type, for every property that is read or written. */
  propertyTypes: Map<string, FieldType>;
  /** Property name → HubSpot's label, also for statuses and constants. */
  propertyLabels: Map<string, string>;
};

export type TransferPage = PageContext & { runId: string };
