"use client";

import { Button, Card, Group, List, Text, ThemeIcon, Title } from "@mantine/core";
import { IconCheck, IconMinus, IconRocket } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useImperativeHandle } from "react";
import { useAction } from "@/components/ui/use-action";
import { MissingAlert } from "./missing-alert";
import { missingSettings } from "./missing-settings";
import { ReviewBlock } from "./review-block";
import { ReviewConstants } from "./review-constants";
import { ReviewData } from "./review-data";
import { ReviewMappings } from "./review-mappings";
import classes from "./review-section.module.css";
import type { SectionProps } from "./section";

/** All settings in words, what launching does, and Launch. */
export function ReviewSection({ settings, actions, ref }: SectionProps) {
  const t = useTranslations("review");
  const router = useRouter();
  const { syncType, account } = settings;
  const home = `/settings/integrations/${settings.id}`;
  const missing = missingSettings(settings);
  const { run, pending } = useAction(actions.launch, {
    successMessage: t("launched"),
    onSuccess: () => router.push(`${home}/transfers/new`),
    // Whatever stands in the way by now is named in the page.
    onFailure: () => {
      router.refresh();
      return undefined;
    },
  });
  useImperativeHandle(ref, () => ({ save: async () => true }));

  return (
    <div className={classes.review}>
      <MissingAlert missing={missing} settings={settings} />
      <Card padding={0} className={classes.blocks}>
        <ReviewBlock name={t("sections.account")}>
          {t("accountText", { name: account.name, id: account.id })}
        </ReviewBlock>
        <ReviewBlock name={t("sections.direction")} href={`${home}/setup/direction`}>
          {t(`directions.${syncType}`)}
        </ReviewBlock>
        <ReviewBlock name={t("sections.data")} href={`${home}/setup/data`}>
          <ReviewData settings={settings} />
        </ReviewBlock>
        <ReviewBlock name={t("sections.mapping")} href={`${home}/setup/mapping`}>
          <ReviewMappings settings={settings} />
        </ReviewBlock>
        <ReviewBlock name={t("sections.constants")} href={`${home}/setup/constants`}>
          <ReviewConstants settings={settings} />
        </ReviewBlock>
      </Card>
      <div className={classes.effects}>
        <Effects
          title={t("willTitle")}
          done
          effects={[t("will.realTime"), t("will.linked"), t("will.stay")]}
        />
        <Effects
          title={t("wontTitle")}
          effects={[
            t("wont.copy"),
            t("wont.unmapped"),
            syncType === "both" ? t("wont.overwrite") : t(`wont.${syncType}`),
          ]}
        />
      </div>
      <Group gap="md">
        <Button
          size="md"
          leftSection={<IconRocket size={18} stroke={1.6} />}
          loading={pending}
          disabled={missing.length > 0}
          onClick={() => run({ integrationId: settings.id })}
        >
          {t("launch")}
        </Button>
        <Text size="sm" c="dimmed">
          {t("launchHint")}
        </Text>
      </Group>
    </div>
  );
}

function Effects({ title, effects, done }: { title: string; effects: string[]; done?: boolean }) {
  const Icon = done ? IconCheck : IconMinus;
  return (
    <div>
      <Title order={3} mb="xs">
        {title}
      </Title>
      <List
        size="sm"
        spacing={8}
        icon={
          <ThemeIcon size={20} radius="xl" variant="light" color={done ? "accent" : "gray"}>
            <Icon size={13} stroke={2} aria-hidden />
          </ThemeIcon>
        }
      >
        {effects.map((effect) => (
          <List.Item key={effect}>{effect}</List.Item>
        ))}
      </List>
    </div>
  );
}
