import { Button, Group, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { ShownValue } from "@/components/overview/shown-value";
import { TimeAgo } from "@/components/ui/formatted";
import { mostCountedOfAct } from "@/lib/most-counted";
import type { ConflictRow } from "@/services/conflicts/read-page";
import { otherSide } from "@/sync/side";
import type { ConflictContext } from "./conflict-context";
import { ConflictTitle } from "./conflict-title";
import classes from "./conflicts.module.css";
import { mayTakeBack } from "./may-take-back";
import { useConflictNames } from "./use-conflict-names";
import { useEndingWords } from "./use-ending-words";
import { ValueColumns } from "./value-columns";

type Props = {
  conflict: ConflictRow;
  context: ConflictContext;
  pending: boolean;
  /** How many choices of its act can be taken back; `mostCountedOfAct`: at least so many. */
  ofAct: number;
  /** This choice, or the whole act. */
  onTakeBack: (whole: boolean) => void;
};

/** One decision: what stood against what, what was chosen, by whom, and the way back. */
export function DecidedEntry({ conflict, context, pending, ofAct, onTakeBack }: Props) {
  const t = useTranslations("conflicts");
  const endingWords = useEndingWords();
  const about = useConflictNames(context).aboutOf(conflict);
  const wholeAct = t(ofAct < mostCountedOfAct ? "takeBackAct" : "takeBackBigAct", { count: ofAct });
  const { fields: pair, base, values, outcome } = conflict;
  return (
    <li className={classes.entry} aria-label={about}>
      <div className={classes.head}>
        <ConflictTitle conflict={conflict} context={context} />
        {mayTakeBack(conflict, context) ? (
          <Group gap="xs">
            <Button
              variant="default"
              size="compact-sm"
              disabled={pending}
              aria-label={t("choose.named", { choice: t("takeBack"), about })}
              onClick={() => onTakeBack(false)}
            >
              {t("takeBack")}
            </Button>
            {ofAct > 1 ? (
              <Button
                variant="default"
                size="compact-sm"
                disabled={pending}
                aria-label={t("choose.named", { choice: wholeAct, about })}
                onClick={() => onTakeBack(true)}
              >
                {wholeAct}
              </Button>
            ) : null}
          </Group>
        ) : null}
      </div>
      <Text size="sm" mt={6}>
        <Chosen conflict={conflict} context={context} />{" "}
        <Text span size="sm" c="dimmed">
          {t.rich("decided.by", {
            who: conflict.resolvedBy ?? t("values.bySomebody"),
            when: () => <TimeAgo value={conflict.resolvedAt ?? conflict.openedAt} />,
          })}
        </Text>
      </Text>
      {outcome === "kept" ? (
        <Text size="sm" c="dimmed">
          {endingWords(conflict, "kept")}
        </Text>
      ) : null}
      {pair ? (
        <ValueColumns
          context={context}
          property={pair.hubspot}
          base={base}
          beside={values.hubspot}
          of={(side) => (
            <ShownValue
              fields={context.fields}
              side={side}
              field={pair[side]}
              value={values[side]}
              beside={values[otherSide(side)]}
            />
          )}
        />
      ) : null}
    </li>
  );
}

function Chosen({ conflict, context }: Pick<Props, "conflict" | "context">) {
  const t = useTranslations("conflicts.decided.chosen");
  const { choice, fields: pair, detail } = conflict;
  if (choice?.kind === "take") return t(choice.side);
  if (choice?.kind === "value" && pair)
    return t.rich("typed", {
      value: () => (
        <b>
          <ShownValue fields={context.fields} side="hubspot" field={pair.hubspot} value={choice.value} />
        </b>
      ),
    });
  if (choice?.kind === "remove" || choice?.kind === "bring_back")
    return t(`${choice.kind}.${detail.removedOn ?? "snov"}`);
  return t(choice?.kind === "link" || choice?.kind === "apart" ? choice.kind : "leave");
}
