"use client";

import { Alert, Button, Checkbox, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { memo } from "react";
import { ConflictTodo } from "@/components/overview/conflict-todo";
import { TimeAgo } from "@/components/ui/formatted";
import type { HubspotChanges } from "@/services/conflicts/read-changes";
import type { ConflictRow } from "@/services/conflicts/read-page";
import { FieldChoices, RecordChoices } from "./choice-buttons";
import { ChoiceTrouble } from "./choice-trouble";
import type { Choice } from "./conflict-actions";
import type { ConflictContext } from "./conflict-context";
import { ConflictDetails } from "./conflict-details";
import { ConflictTitle } from "./conflict-title";
import { ConflictValues } from "./conflict-values";
import classes from "./conflicts.module.css";
import { isDecidable } from "./decidable";
import { hasDetails } from "./kind-choices";
import type { Reach } from "./reach";
import { ReachMenu } from "./reach-menu";
import { TypedValue } from "./typed-value";
import { entryId } from "./use-chosen-conflict";
import { useConflictNames } from "./use-conflict-names";
import type { Trouble } from "./use-deciding";
import { type Held, WaitingChoice } from "./waiting-choice";

export type EntryState = {
  /** The one that single keys are about, while it has the focus. */
  chosen: boolean;
  /** By Tab. */
  reached: boolean;
  /** It was chosen by nobody: the one before it went by itself. */
  unasked: boolean;
  /** Together with what is selected already. */
  selectable: boolean;
  selected: boolean;
  typing: boolean;
  /** While it is being decided it has come to say something else: it is shown as it was. */
  overtaken: boolean;
  /** The menu of how far a choice may reach is open. */
  menued: boolean;
  detailed: boolean;
  trouble: Trouble | undefined;
};
export type EntryActs = {
  focus: (conflict: ConflictRow) => void;
  choose: (conflict: ConflictRow, choice: Choice) => void;
  select: (conflict: ConflictRow) => void;
  type: (conflict: ConflictRow, typing: boolean) => void;
  /** At what the one that is being decided says by now. */
  lookAgain: () => void;
  menu: (conflict: ConflictRow, open: boolean) => void;
  reach: (conflict: ConflictRow, reach: Reach) => void;
  detail: (conflict: ConflictRow) => void;
  rule: (conflict: ConflictRow) => void;
  takeBack: (conflict: ConflictRow) => void;
};
type Props = {
  conflict: ConflictRow;
  context: ConflictContext;
  /** Of HubSpot's side, once it is known. */
  changes: HubspotChanges | undefined;
  acts: EntryActs;
  pending: boolean;
  /** Why choices wait, where the integration does not run. */
  held: Held;
};

/** One conflict: what stands against what, and the choices. Of a long queue only those are shown anew that changed. */
export const ConflictEntry = memo(function ConflictEntry(props: Props & EntryState) {
  const { conflict, context, changes, acts, pending, held, ...state } = props;
  const t = useTranslations("conflicts");
  const { kind, resolution } = conflict;
  const about = useConflictNames(context).aboutOf(conflict);
  return (
    <li
      id={entryId(conflict.id)}
      className={classes.entry}
      tabIndex={state.reached ? 0 : -1}
      aria-current={state.chosen ? "true" : undefined}
      aria-label={about}
      onFocus={() => acts.focus(conflict)}
    >
      <div className={classes.head}>
        <Checkbox
          checked={state.selected}
          onChange={() => acts.select(conflict)}
          disabled={!state.selectable}
          aria-label={t("selectOne", { about })}
        />
        <ConflictTitle conflict={conflict} context={context} />
        {resolution ? (
          <WaitingChoice
            {...{ conflict, context, pending, held, about }}
            onTakeBack={() => acts.takeBack(conflict)}
          />
        ) : (
          <Text span size="xs" c="dimmed">
            <TimeAgo value={conflict.openedAt} />
          </Text>
        )}
      </div>
      {kind === "value" ? null : (
        <Text size="sm" mt={6}>
          <ConflictTodo conflict={conflict} fields={context.fields} />
        </Text>
      )}
      {state.detailed ? (
        <ConflictDetails conflict={conflict} context={context} changes={changes} />
      ) : (
        <ConflictValues conflict={conflict} context={context} changes={changes} />
      )}
      {state.unasked ? (
        <Text size="sm" mt={6} c="dimmed">
          {t("keys.unasked")}
        </Text>
      ) : null}
      <div role={state.typing ? "status" : undefined}>
        {state.overtaken ? <Overtaken about={about} onLook={acts.lookAgain} /> : null}
      </div>
      {state.overtaken ? null : (
        <ChoiceTrouble
          conflict={conflict}
          trouble={state.typing && state.trouble?.kind === "invalid" ? undefined : state.trouble}
        />
      )}
      {isDecidable(conflict) ? <Choices {...{ conflict, context, state, acts, pending, about }} /> : null}
    </li>
  );
});

function Overtaken({ about, onLook }: { about: string; onLook: () => void }) {
  const t = useTranslations("conflicts");
  return (
    <Alert color="orange" variant="light" mt="xs" p="xs">
      {t("overtaken.text")}{" "}
      <Button
        variant="default"
        size="compact-xs"
        aria-label={t("choose.named", { choice: t("overtaken.look"), about })}
        onClick={onLook}
      >
        {t("overtaken.look")}
      </Button>
    </Alert>
  );
}

type ChoicesProps = Omit<Props, "held" | "changes"> & { state: EntryState; about: string };

function Choices({ conflict, context, state, acts, pending, about }: ChoicesProps) {
  const t = useTranslations("conflicts");
  const { kind, mappingId, values } = conflict;
  const typed = kind === "value" && mappingId ? context.mappings[mappingId]?.typed : null;
  if (state.typing && typed)
    return (
      <TypedValue
        typed={typed}
        label={t("choose.typeFor", { about })}
        initial={values.hubspot}
        error={state.trouble?.kind === "invalid" ? state.trouble.words : undefined}
        pending={pending}
        onType={(value) => acts.choose(conflict, { kind: "value", value })}
        onClose={() => acts.type(conflict, false)}
      />
    );
  return (
    <div className={classes.buttons}>
      {mappingId ? (
        <FieldChoices
          {...{ conflict, about, pending }}
          onChoose={(choice) => acts.choose(conflict, choice)}
          onType={typed ? () => acts.type(conflict, true) : undefined}
        />
      ) : (
        <RecordChoices
          {...{ conflict, about, pending }}
          onChoose={(choice) => acts.choose(conflict, choice)}
        />
      )}
      <FurtherActs {...{ conflict, context, state, acts, about }} />
    </div>
  );
}

function FurtherActs({ conflict, context, state, acts, about }: Omit<ChoicesProps, "pending">) {
  const t = useTranslations("conflicts");
  const act = (words: string, onClick: () => void, expanded?: boolean) => (
    <Button
      variant="subtle"
      size="xs"
      aria-expanded={expanded}
      aria-label={t("choose.named", { choice: words, about })}
      onClick={onClick}
    >
      {words}
    </Button>
  );
  return (
    <span>
      {hasDetails(conflict)
        ? act(
            t(state.detailed ? "details.hide" : "details.show"),
            () => acts.detail(conflict),
            state.detailed,
          )
        : null}
      <ReachMenu
        conflict={conflict}
        about={about}
        opened={state.menued}
        onOpen={(open) => acts.menu(conflict, open)}
        onReach={(reach) => acts.reach(conflict, reach)}
      />
      {context.manages && conflict.kind === "value" ? act(t("rule.open"), () => acts.rule(conflict)) : null}
    </span>
  );
}
