import { Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { RecordTitle } from "@/components/overview/record-title";
import { HubspotReference } from "@/components/ui/hubspot-reference";
import { useReasonText } from "@/components/ui/use-reason-text";
import type { TransferItem } from "@/services/transfers/read-items";
import { ItemBadge } from "./item-badge";
import { ItemChanges } from "./item-changes";
import classes from "./items.module.css";
import type { ShownFields } from "./shown-fields";

export type ItemContext = {
  fields: ShownFields;
  /** Where a contact is shown in HubSpot; `{id}` stands for its id. */
  contactUrl: string;
  ended: boolean;
};

/** One record of a transfer: what would become or became of it, why, and each value that changes. */
export function ItemEntry({ item, context }: { item: TransferItem; context: ItemContext }) {
  const t = useTranslations("transfers.item");
  const reason = useItemReason();
  const { fields, contactUrl, ended } = context;
  const why = reason(item);
  const contactId = item.side === "hubspot" ? item.recordId : null;
  return (
    <li className={classes.item}>
      <div className={classes.head}>
        <RecordTitle
          name={item.name}
          prospectId={item.side === "snov" ? item.recordId : null}
          contactId={contactId}
        />
        <span className={classes.badges}>
          {item.detail.changed ? (
            <Text span size="sm" c="dimmed">
              {t("changed")}
            </Text>
          ) : null}
          {contactId ? (
            <a
              className={classes.external}
              href={contactUrl.replace("{id}", contactId)}
              target="_blank"
              rel="noreferrer"
            >
              {t("inHubspot")}
            </a>
          ) : null}
          <ItemBadge item={item} ended={ended} />
        </span>
      </div>
      {why ? (
        <Text size="sm" mt={4} style={{ overflowWrap: "anywhere" }}>
          {why}
        </Text>
      ) : null}
      {why ? <HubspotReference detail={item.detail} /> : null}
      <ItemChanges changes={item.changes} fields={fields} />
    </li>
  );
}

function useItemReason() {
  const t = useTranslations("transfers.item");
  const words = useReasonText();
  return ({ outcome, planned, detail }: TransferItem): string | null => {
    const { reason } = detail;
    if (reason) return words(reason, detail);
    const disputed = outcome === "in_conflict" || (outcome === "planned" && planned === "conflict");
    return disputed ? t("valueConflict") : null;
  };
}
