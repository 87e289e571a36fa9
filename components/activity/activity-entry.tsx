import type { ReactNode } from "react";
import { ChangeEntry } from "@/components/overview/change-entry";
import { FuseEntry } from "@/components/overview/fuse-entry";
import { TransferEntry } from "@/components/overview/transfer-entry";
import type { Giver } from "@/services/activities/read-givers";
import type { Overview } from "@/services/integrations/read-overview";
import { SettingsEntry } from "./settings-entry";

type Props = {
  integrationId: string;
  activity: Overview["changes"][number];
  fields: Overview["fields"];
  /** Of values that came from HubSpot: who had given them there. */
  givers?: Record<string, Giver> | undefined;
  /** The field that is asked for, as its side calls it: it is in sight. */
  asked?: string | undefined;
  /** What can be done about a change of a record. */
  acts?: ReactNode;
};

/** What was written to a side, where a fuse stopped, or what a person decided or did with a transfer. */
export function ActivityEntry({ integrationId, activity, fields, givers, asked, acts }: Props) {
  const { side, ...rest } = activity;
  const [about] = rest.kind.split("/");
  // What was decided without being written names fields as Snov.io does.
  const shownSide = side ?? (about === "conflict" ? "snov" : null);
  if (shownSide)
    return <ChangeEntry change={{ ...rest, side: shownSide }} {...{ fields, givers, asked, acts }} />;
  if (about === "transfer" || about === "undo")
    return <TransferEntry integrationId={integrationId} change={activity} />;
  return rest.kind === "integration/changed" ? (
    <SettingsEntry change={activity} />
  ) : (
    <FuseEntry change={activity} />
  );
}
