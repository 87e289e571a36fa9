import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/ui/formatted";
import { useHubspotSource } from "@/components/ui/use-hubspot-source";
import type { HubspotChange } from "@/services/conflicts/read-changes";

/** Who changed HubSpot's value and when, as HubSpot's own history says. */
export function ChangedInHubspot({ change }: { change: HubspotChange | undefined }) {
  const t = useTranslations("conflicts.values");
  const source = useHubspotSource();
  if (!change) return null;
  return t.rich("changed", {
    who: change.userName ?? source(change.source),
    when: () => <TimeAgo value={change.at} />,
  });
}
