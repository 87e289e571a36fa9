import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { LanguageSwitch } from "@/components/shell/language-switch";
import { Mark } from "@/components/shell/mark";
import { MeetingPaths } from "@/components/shell/meeting-paths";
import classes from "./layout.module.css";

export default async function AuthLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations();
  return (
    <div className={classes.page}>
      <header className={classes.header}>
        <span className={classes.brand}>
          <Mark />
          Instep
        </span>
        <LanguageSwitch />
      </header>
      <main className={classes.main}>{children}</main>
      <aside className={classes.aside}>
        <MeetingPaths />
        <p className={classes.pitch}>{t("auth.pitchTitle")}</p>
        <p className={classes.pitchText}>{t("auth.signInText")}</p>
      </aside>
    </div>
  );
}
