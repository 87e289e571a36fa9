"use client";

import { Alert, Button, Card, Group, MultiSelect, Stack } from "@mantine/core";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAction } from "@/components/ui/use-action";
import { useFailureText } from "@/components/ui/use-failure-text";
import type { ActionResult, Failure } from "@/services/action-result";
import type { CreateProspect } from "@/services/prospects/create-prospect";
import type { ProspectField } from "@/services/prospects/prospect-fields";
import type { Value } from "@/sync/value";
import { EmailTakenAlert } from "./email-taken-alert";
import { ProspectInputs } from "./prospect-inputs";

type Props = {
  fields: ProspectField[];
  lists: { id: string; name: string }[];
  initialListIds: string[];
  create: (input: CreateProspect) => Promise<ActionResult<{ id: string }>>;
};

export function NewProspectForm({ fields, lists, initialListIds, create }: Props) {
  const t = useTranslations("prospects");
  const common = useTranslations("common");
  const router = useRouter();
  const failureText = useFailureText();
  const [values, setValues] = useState<Record<string, Value>>({});
  const [listIds, setListIds] = useState(initialListIds);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { run, pending, fieldErrors } = useAction(create, {
    successMessage: t("created"),
    onSuccess: ({ id }) => router.push(`/prospects/${id}`),
    onFailure: (failed) => {
      setFailure(failed);
      return true;
    },
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setFailure(null);
        void run({ values: withoutEmptyItems(values), listIds });
      }}
    >
      <Card>
        <Stack>
          {failure?.reason === "prospect_email_taken" ? (
            <EmailTakenAlert failure={failure} />
          ) : failure ? (
            <Alert color="red">{failureText(failure)}</Alert>
          ) : null}
          <ProspectInputs
            fields={fields}
            valueAt={(key) => values[key] ?? null}
            onChange={(key, value) => setValues((before) => ({ ...before, [key]: value }))}
            errors={fieldErrors}
          />
          {lists.length ? (
            <MultiSelect
              label={t("lists")}
              styles={{ label: { marginBottom: 4 } }}
              placeholder={listIds.length ? undefined : t("noLists")}
              data={lists.map(({ id, name }) => ({ value: id, label: name }))}
              value={listIds}
              onChange={setListIds}
              searchable={lists.length > 8}
            />
          ) : null}
          <Group justify="flex-end" gap="xs" mt="sm">
            <Button variant="default" component={Link} href="/prospects">
              {common("cancel")}
            </Button>
            <Button type="submit" loading={pending}>
              {t("create")}
            </Button>
          </Group>
        </Stack>
      </Card>
    </form>
  );
}

/** Rows of e-mails and phones that nobody filled. */
export function withoutEmptyItems(values: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      Array.isArray(value) ? value.filter((item) => item.trim()) : value,
    ]),
  );
}
