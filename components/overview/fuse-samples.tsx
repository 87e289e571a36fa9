"use client";

import { Button, Table, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { TableFrame } from "@/components/ui/table-frame";
import type { Overview } from "@/services/integrations/read-overview";
import type { FuseStop } from "./fuse-banner";
import classes from "./fuse-samples.module.css";
import { ShownValue, useShownLabel } from "./shown-value";

type Props = { stop: FuseStop; fields: Overview["fields"] };
const shownAtFirst = 5;

/** Some of the changes that were about to be written, by record. */
export function FuseSamples({ stop, fields }: Props) {
  const t = useTranslations("overview.fuse.samples");
  const [all, setAll] = useState(false);
  const { kind, samples } = stop;
  const removals = kind === "removals";
  const shown = all ? samples : samples.slice(0, shownAtFirst);
  return (
    <TableFrame
      label={t("title")}
      minWidth={removals ? 0 : 560}
      footer={
        <>
          <Text span size="sm">
            {t("shown", { count: shown.length })}
          </Text>
          {shown.length < samples.length ? (
            <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>
              {t("all", { count: samples.length })}
            </Button>
          ) : null}
        </>
      }
    >
      <Table verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("record")}</Table.Th>
            {removals ? null : (
              <>
                <Table.Th>{t("side")}</Table.Th>
                <Table.Th>{t("field")}</Table.Th>
              </>
            )}
            <Table.Th>{t("change")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map((sample, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the samples of one stop never change, and two records may share a name
            <Sample key={place} sample={sample} fields={fields} removals={removals} />
          ))}
        </Table.Tbody>
      </Table>
    </TableFrame>
  );
}

type SampleProps = { sample: FuseStop["samples"][number]; fields: Overview["fields"]; removals: boolean };

function Sample({ sample, fields, removals }: SampleProps) {
  const t = useTranslations("overview");
  const label = useShownLabel(fields);
  const { recordName, side, field, before, after } = sample;
  return (
    <Table.Tr>
      <Table.Td className={classes.record}>{recordName || t("nameless")}</Table.Td>
      {removals ? null : (
        <>
          <Table.Td className={classes.side}>{t(`fuse.samples.${side}`)}</Table.Td>
          <Table.Td>{field ? label(side, field) : null}</Table.Td>
        </>
      )}
      <Table.Td className={classes.change}>
        {field ? (
          <>
            <del className={classes.before}>
              <ShownValue fields={fields} side={side} field={field} value={before} beside={after} />
            </del>
            <span aria-hidden className={classes.before}>
              {" → "}
            </span>
            <ins className={classes.after}>
              <ShownValue fields={fields} side={side} field={field} value={after} beside={before} />
            </ins>
          </>
        ) : (
          t(`fuse.samples.deleted.${side}`)
        )}
      </Table.Td>
    </Table.Tr>
  );
}
