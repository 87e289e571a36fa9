"use client";

import { Alert, Button, Card, Group, Stack, Text, Title, UnstyledButton } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { FieldValue } from "@/components/fields/field-value";
import { useAction } from "@/components/ui/use-action";
import { useFailureText } from "@/components/ui/use-failure-text";
import type { ActionResult, Failure } from "@/services/action-result";
import type { EditProspect } from "@/services/prospects/edit-prospect";
import type { ProspectField } from "@/services/prospects/prospect-fields";
import type { ProspectView } from "@/services/prospects/read-prospect";
import type { Value } from "@/sync/value";
import { EmailTakenAlert } from "./email-taken-alert";
import { useFieldLabel } from "./field-label";
import classes from "./prospect-fields-card.module.css";
import { ProspectInputs } from "./prospect-inputs";
import { useProspectDrafts } from "./use-prospect-drafts";
import { WhyDrawer } from "./why-drawer";

type Props = {
  view: ProspectView;
  edit: (input: EditProspect) => Promise<ActionResult<{ version: number }>>;
  /** Reads the prospect again. */
  refresh: () => Promise<unknown>;
};

export function ProspectFieldsCard({ view, edit, refresh }: Props) {
  const t = useTranslations("prospects");
  const [editing, setEditing] = useState(false);
  const [asked, setAsked] = useState<ProspectField | null>(null);
  return (
    <Card component="section" aria-label={t("fields")}>
      {editing ? (
        <EditForm view={view} edit={edit} refresh={refresh} onDone={() => setEditing(false)} />
      ) : (
        <>
          <Group justify="space-between" mb="sm">
            <Title order={2}>{t("fields")}</Title>
            {view.deletedAt ? null : (
              <Button
                variant="default"
                size="compact-md"
                leftSection={<IconPencil size={16} stroke={1.6} />}
                onClick={() => setEditing(true)}
              >
                {t("edit")}
              </Button>
            )}
          </Group>
          <dl className={classes.fields}>
            {view.fields.map((field) => (
              <Shown key={field.key} field={field} view={view} onAsk={() => setAsked(field)} />
            ))}
          </dl>
        </>
      )}
      {asked ? <WhyDrawer prospectId={view.id} field={asked} onClose={() => setAsked(null)} /> : null}
    </Card>
  );
}

function EditForm({ view, edit, refresh, onDone }: Props & { onDone: () => void }) {
  const t = useTranslations("prospects");
  const common = useTranslations("common");
  const failureText = useFailureText();
  const drafts = useProspectDrafts(view);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { run, pending, fieldErrors } = useAction(edit, {
    successMessage: t("saved"),
    onSuccess: async () => {
      await refresh();
      onDone();
    },
    onFailure: (failed) => {
      setFailure(failed);
      // The new values arrive, and each field concerned asks what to keep.
      if (failed.code === "out_of_date") void refresh();
      return true;
    },
  });
  const { changes, undecided } = drafts;
  const errors = failure?.code === "out_of_date" ? {} : fieldErrors;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setFailure(null);
        if (!changes.length) onDone();
        else if (!undecided.length) void run({ id: view.id, version: view.version, changes });
      }}
    >
      <Stack>
        <Title order={2}>{t("editTitle")}</Title>
        {undecided.length ? (
          <Alert color="orange">{t("meanwhile.decide", { count: undecided.length })}</Alert>
        ) : failure?.reason === "prospect_email_taken" ? (
          <EmailTakenAlert failure={failure} />
        ) : failure && failure.code !== "out_of_date" ? (
          <Alert color="red">{failureText(failure)}</Alert>
        ) : null}
        <ProspectInputs
          fields={view.fields}
          valueAt={drafts.valueAt}
          onChange={drafts.change}
          errors={errors}
          meanwhile={drafts.meanwhile}
          onDecide={drafts.decide}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            {common("cancel")}
          </Button>
          <Button type="submit" loading={pending} disabled={undecided.length > 0}>
            {common("save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type ShownProps = { field: ProspectField; view: ProspectView; onAsk: () => void };

function Shown({ field, view, onAsk }: ShownProps) {
  const t = useTranslations("prospects.why");
  const label = useFieldLabel()(field.key, field.name);
  const value = view.values[field.key];
  return (
    <div className={classes.field}>
      <dt>
        {label}
        <UnstyledButton className={classes.why} aria-label={t("ask", { field: label })} onClick={onAsk}>
          {t("short")}
        </UnstyledButton>
      </dt>
      <dd>
        <ShownValue field={field} value={value ?? null} />
      </dd>
    </div>
  );
}

function ShownValue({ field, value }: { field: ProspectField; value: Value }) {
  const t = useTranslations("prospects");
  if (field.kind !== "emails" && field.kind !== "phones") {
    return <FieldValue type={field.kind} value={value} options={field.options} />;
  }
  const items = Array.isArray(value) ? value : [];
  if (!items.length) return <FieldValue type="text" value={null} />;
  return items.map((item, index) => (
    <div key={item} className={classes.item}>
      {item}
      {index === 0 && items.length > 1 ? (
        <Text span size="xs" c="dimmed" ml="xs">
          {t("primary")}
        </Text>
      ) : null}
    </div>
  ));
}
