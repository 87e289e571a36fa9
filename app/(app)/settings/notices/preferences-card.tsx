"use client";

import { Card, NativeSelect, Text, Title } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { useAction } from "@/components/ui/use-action";
import { type MailPreferences, type MailTime, mailTimes, noticeKinds } from "@/lib/notice-kinds";
import { savePreferenceAction } from "./actions";
import classes from "./preferences-card.module.css";

type Props = { initial: MailPreferences; dailyAt: string };

/** When which notices come by e-mail; each choice is saved when it is made. */
export function PreferencesCard({ initial, dailyAt }: Props) {
  const t = useTranslations("notices.settings");
  const common = useTranslations("common");
  const [chosen, setChosen] = useState(initial);
  const { run } = useAction(savePreferenceAction, { successMessage: common("saved") });
  // What is chosen before the page is ready would be lost.
  const mounted = useMounted();
  const heading = useId();
  return (
    <Card component="section" aria-labelledby={heading}>
      <Title order={2} id={heading}>
        {t("when")}
      </Title>
      <Text c="dimmed" size="sm">
        {t("whenText", { time: dailyAt })}
      </Text>
      <ul className={classes.list}>
        {noticeKinds.map((kind) => (
          <li key={kind} className={classes.row}>
            <label htmlFor={`${heading}-${kind}`} className={classes.label}>
              {t(`kind.${kind}`)}
            </label>
            <NativeSelect
              id={`${heading}-${kind}`}
              className={classes.select}
              data={mailTimes.map((value) => ({ value, label: t(`mail.${value}`) }))}
              value={chosen[kind]}
              disabled={!mounted}
              onChange={async (event) => {
                const mail = event.currentTarget.value as MailTime;
                const before = chosen[kind];
                setChosen((all) => ({ ...all, [kind]: mail }));
                const { ok } = await run({ kind, mail });
                if (!ok) setChosen((all) => ({ ...all, [kind]: before }));
              }}
            />
          </li>
        ))}
      </ul>
    </Card>
  );
}
