import type { PauseReason } from "@/db/schema/rates";
import type { SourceFaultKind } from "@/db/schema/source-fault";
import type { Hindrance } from "@/db/schema/transfers";
import type { ConnectProblem } from "./connect-problem";

type Words = {
  /** For whoever clicked something; texts under `errors`, which get how long it lasts. */
  reason: string;
  /** For whoever connects an account. */
  problem: ConnectProblem;
  /** Of a way of learning of changes. */
  fault: SourceFaultKind;
  /** Of a transfer. */
  hindrance: Hindrance["kind"];
};

const limit: Words = {
  reason: "hubspot_limit",
  problem: "limit_reached",
  fault: "asked_to_wait",
  hindrance: "limit",
};

/** What people are told where HubSpot asked for a pause, by its reason. */
export const pauseWords: Record<PauseReason, Words> = {
  ten_seconds: limit,
  second: limit,
  unnamed: limit,
  day: {
    reason: "hubspot_day_used_up",
    problem: "day_used_up",
    fault: "day_used_up",
    hindrance: "day",
  },
  locked: {
    reason: "hubspot_locked",
    problem: "account_busy",
    fault: "locked",
    hindrance: "locked",
  },
  moving: {
    reason: "hubspot_moving",
    problem: "account_moving",
    fault: "moving",
    hindrance: "moving",
  },
  unreachable: {
    reason: "hubspot_unreachable",
    problem: "hubspot_unreachable",
    fault: "unreachable",
    hindrance: "unreachable",
  },
};
