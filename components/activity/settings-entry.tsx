import { useTranslations } from "next-intl";
import classes from "@/components/overview/last-changes-card.module.css";
import { TimeAgo } from "@/components/ui/formatted";
import type { Overview } from "@/services/integrations/read-overview";
import { type SettingWords, shownSetting } from "./shown-setting";

/** Which settings a person changed, and to what: a rule for conflicts is one of them. */
export function SettingsEntry({ change }: { change: Overview["changes"][number] }) {
  const t = useTranslations("activity");
  const { cause, changes, at } = change;
  return (
    <li className={classes.entry}>
      <p className={classes.head}>
        <span>{t("integration_changed", { name: cause.kind === "member" ? cause.name : "" })}</span>
        <span className={classes.when}>
          <TimeAgo value={at} />
        </span>
      </p>
      <dl className={classes.fields}>
        {changes.map((delta) => {
          const { setting, fields, values } = shownSetting(delta);
          return (
            <div key={delta.field} className={classes.field}>
              <dt>
                {t(t.has(`settings.${setting}`) ? `settings.${setting}` : "settings.other")}
                {fields ? ` · ${fields}` : null}
              </dt>
              <dd>
                {values ? (
                  <>
                    <del className={classes.before}>
                      <Words of={values.before} />
                    </del>
                    <span aria-hidden className={classes.arrow}>
                      →
                    </span>
                    <ins className={classes.after}>
                      <Words of={values.after} />
                    </ins>
                  </>
                ) : (
                  t("settings.changed")
                )}
              </dd>
            </div>
          );
        })}
      </dl>
    </li>
  );
}

function Words({ of }: { of: SettingWords }) {
  const t = useTranslations();
  if ("text" in of) return of.text;
  return t.has(of.key) ? t(of.key) : t("activity.settings.other");
}
