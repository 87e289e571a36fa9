import { Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { TextLink } from "@/components/ui/text-link";
import classes from "./review-section.module.css";

type Props = {
  name: string;
  /** The step where it is edited. */
  href?: string;
  children: ReactNode;
};

/** One group of settings in words, with the way to change it. */
export function ReviewBlock({ name, href, children }: Props) {
  const t = useTranslations("review");
  return (
    <div className={classes.block}>
      <Title order={3} className={classes.name}>
        {name}
      </Title>
      <div className={classes.words}>{children}</div>
      {href ? (
        <TextLink
          href={href}
          size="sm"
          className={classes.edit}
          aria-label={t("editNamed", { section: name })}
        >
          {t("edit")}
        </TextLink>
      ) : null}
    </div>
  );
}
