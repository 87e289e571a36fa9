import type { ReactNode } from "react";
import { ChangeEntry } from "@/components/overview/change-entry";
import { FuseEntry } from "@/components/overview/fuse-entry";
import { TransferEntry } from "@/components/overview/transfer-entry";
import type { Overview } from "@/services/integrations/read-overview";

type Props = {
  integrationId: string;
  activity: Overview["changes"][number];
  fields: Overview["fields"];
  /** What can be done about a change of a record. */
  acts?: ReactNode;
};

/** What was written to a side, where a fuse stopped, or what a person did with a transfer. */
export function ActivityEntry({ integrationId, activity: { side, ...rest }, fields, acts }: Props) {
  if (side) return <ChangeEntry change={{ ...rest, side }} fields={fields} acts={acts} />;
  const activity = { ...rest, side };
  return /^(transfer|undo)\//.test(rest.kind) ? (
    <TransferEntry integrationId={integrationId} change={activity} />
  ) : (
    <FuseEntry change={activity} />
  );
}
