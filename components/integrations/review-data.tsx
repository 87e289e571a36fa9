"use client";

import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { fetchJson } from "@/lib/fetch-json";
import type { IntegrationSettings } from "@/services/integrations/read-settings";
import { contactMark } from "@/sync/contact-mark";
import { statusOptions } from "./status-options";

type Props = { settings: IntegrationSettings };

/** Where contacts arrive, who is synced, and the status that new contacts get. */
export function ReviewData({ settings }: Props) {
  const t = useTranslations("review");
  const { syncType, receivingListId, statusProperty, statusValue, lists, hubspotProperties } = settings;
  const { marksContacts } = settings;
  const receiving = lists.find(({ id }) => id === receivingListId);
  const b = (text: React.ReactNode) => <strong>{text}</strong>;
  const status =
    statusProperty &&
    statusOptions(hubspotProperties, statusProperty, statusValue).find(({ value }) => value === statusValue);
  return (
    <>
      <p>{receiving ? t.rich("receivingList", { list: receiving.name, b }) : t("receivingMissing")}</p>
      {syncType === "to_snov" ? null : <Outgoing settings={settings} />}
      {syncType === "to_hubspot" ? null : <Incoming settings={settings} />}
      {syncType === "to_snov" ? null : (
        <p>
          {statusProperty && statusValue
            ? t.rich("status", { property: statusProperty, value: (status || null)?.label ?? statusValue, b })
            : t("noStatus")}
        </p>
      )}
      {syncType === "to_snov" || !marksContacts ? null : (
        <p>{t.rich("marks", { property: contactMark.label, b })}</p>
      )}
    </>
  );
}

function Outgoing({ settings: { outgoingScope, lists } }: Props) {
  const t = useTranslations("review");
  const format = useFormatter();
  if (outgoingScope.kind === "all") return <p>{t("outgoingAll")}</p>;
  const names = lists.filter(({ id }) => outgoingScope.ids.includes(id)).map(({ name }) => `“${name}”`);
  return <p>{names.length ? t("outgoingLists", { lists: format.list(names) }) : t("outgoingNone")}</p>;
}

function Incoming({ settings: { id, incomingScope } }: Props) {
  const t = useTranslations("review");
  const format = useFormatter();
  const chosen = incomingScope.kind === "lists" ? incomingScope.ids : [];
  const hubspotLists = useQuery({
    queryKey: ["hubspot-lists", id],
    queryFn: ({ signal }) =>
      fetchJson<{ id: string; name: string }[]>(`/api/integrations/${id}/hubspot-lists`, signal),
    enabled: chosen.length > 0,
  });
  if (incomingScope.kind === "all") return <p>{t("incomingAll")}</p>;
  if (!chosen.length) return <p>{t("incomingNone")}</p>;
  const names = hubspotLists.data?.filter((list) => chosen.includes(list.id)).map(({ name }) => `“${name}”`);
  // Until HubSpot has told the names, and where it cannot, their number is what we know.
  if (names?.length !== chosen.length)
    return <Text size="sm">{t("incomingCount", { count: chosen.length })}</Text>;
  return <p>{t("incomingLists", { lists: format.list(names) })}</p>;
}
