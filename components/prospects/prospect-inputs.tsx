"use client";

import { Alert, Button, Group, SimpleGrid, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { FieldInput } from "@/components/fields/field-input";
import { FieldValue } from "@/components/fields/field-value";
import { TimeAgo } from "@/components/ui/formatted";
import type { ProspectField } from "@/services/prospects/prospect-fields";
import type { Value } from "@/sync/value";
import { useFieldLabel } from "./field-label";
import { TextListInput } from "./text-list-input";

/** A value that came from elsewhere while this person was typing another one. */
export type Meanwhile = { value: Value; at?: string; by?: string | null };

type Props = {
  fields: ProspectField[];
  valueAt: (key: string) => Value;
  onChange: (key: string, value: Value) => void;
  errors: Record<string, string>;
  meanwhile?: (key: string) => Meanwhile | null;
  onDecide?: (key: string, keep: "mine" | "theirs") => void;
};

/** All inputs of a prospect, standard fields first. */
export function ProspectInputs({ fields, ...inputs }: Props) {
  const t = useTranslations("prospects");
  const standard = fields.filter(({ name }) => name === null);
  const custom = fields.filter(({ name }) => name !== null);
  return (
    <>
      <FieldGrid fields={standard} {...inputs} />
      {custom.length ? (
        <section aria-label={t("customFields")}>
          <Text fw={600} mt="md" mb="sm">
            {t("customFields")}
          </Text>
          <FieldGrid fields={custom} {...inputs} />
        </section>
      ) : null}
    </>
  );
}

function FieldGrid({ fields, valueAt, onChange, errors, meanwhile, onDecide }: Props) {
  const label = useFieldLabel();
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" verticalSpacing="md">
      {fields.map((field) => {
        const theirs = meanwhile?.(field.key) ?? null;
        const name = label(field.key, field.name);
        return (
          <div key={field.key}>
            <Input
              field={field}
              label={name}
              value={valueAt(field.key)}
              error={errors[field.key]}
              onChange={(value) => onChange(field.key, value)}
            />
            {theirs ? (
              <ChangedMeanwhile
                field={field}
                label={name}
                theirs={theirs}
                onDecide={(keep) => onDecide?.(field.key, keep)}
              />
            ) : null}
          </div>
        );
      })}
    </SimpleGrid>
  );
}

type InputProps = {
  field: ProspectField;
  label: string;
  value: Value;
  error?: string;
  onChange: (value: Value) => void;
};

function Input({ field, label, value, error, onChange }: InputProps) {
  if (field.kind === "emails" || field.kind === "phones") {
    const items = Array.isArray(value) ? value : [];
    return <TextListInput kind={field.kind} label={label} value={items} onChange={onChange} error={error} />;
  }
  return (
    <FieldInput
      type={field.kind}
      label={label}
      options={field.options}
      value={value}
      onChange={onChange}
      error={error}
      autoComplete="off"
    />
  );
}

type MeanwhileProps = {
  field: ProspectField;
  label: string;
  theirs: Meanwhile;
  onDecide: (keep: "mine" | "theirs") => void;
};

function ChangedMeanwhile({ field, label, theirs, onDecide }: MeanwhileProps) {
  const t = useTranslations("prospects");
  const type = field.kind === "emails" || field.kind === "phones" ? "choices" : field.kind;
  return (
    <Alert
      mt="xs"
      p="sm"
      color="orange"
      icon={<IconAlertTriangle size={18} />}
      title={theirs.by ? t("meanwhile.titleBy", { by: theirs.by }) : t("meanwhile.title")}
    >
      <Text size="sm" component="div">
        <FieldValue type={type} value={theirs.value} options={field.options} />
        {theirs.at ? (
          <Text span size="xs" ml="xs">
            <TimeAgo value={theirs.at} />
          </Text>
        ) : null}
      </Text>
      <Group gap="xs" mt="xs">
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => onDecide("theirs")}
          aria-label={t("meanwhile.takeOf", { field: label })}
        >
          {t("meanwhile.take")}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => onDecide("mine")}
          aria-label={t("meanwhile.keepOf", { field: label })}
        >
          {t("meanwhile.keep")}
        </Button>
      </Group>
    </Alert>
  );
}
