import type { Deps } from "@/services/context";
import { followJournal } from "./follow-journal";
import { learnGivers } from "./learn-givers";
import { pollChanges } from "./poll-changes";
import { purge } from "./purge";
import { reconcile, startReconciles } from "./reconcile";
import { refreshProperties, rereadAccount } from "./refresh-properties";
import { snapshotStatuses } from "./snapshot-statuses";
import { sweep } from "./sweep";
import { syncRecords } from "./sync-records";
import { mailPeople, tellPeople } from "./telling";
import { resumeTransfers, transfer } from "./transfer";

/** Every function that the engine serves. */
export function allFunctions(deps: Deps) {
  return [
    syncRecords(deps),
    sweep(deps),
    pollChanges(deps),
    followJournal(deps),
    purge(deps),
    snapshotStatuses(deps),
    learnGivers(deps),
    refreshProperties(deps),
    rereadAccount(deps),
    startReconciles(deps),
    reconcile(deps),
    resumeTransfers(deps),
    transfer(deps),
    tellPeople(deps),
    mailPeople(deps),
  ];
}
