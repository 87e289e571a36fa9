import { IconCheck, IconRocket } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { numberOf, type WizardPart, wizardParts } from "@/lib/wizard-flow";
import classes from "./wizard.module.css";

type Props = {
  current: WizardPart;
  /** Where the parts are that can be opened. */
  hrefs: Partial<Record<WizardPart, string>>;
  /** Where leaving saves something first; otherwise they are plain links. */
  onOpen?: (href: string) => void;
};

/** Where the person is. What was reached opens by a click; connecting is behind them. */
export function WizardSteps({ current, hrefs, onOpen }: Props) {
  const t = useTranslations("wizard");
  const place = wizardParts.findIndex(({ name }) => name === current);
  const position = numberOf(current);
  const name = t(`parts.${current}`);
  return (
    <nav aria-label={t("progress")} className={classes.progress}>
      <ol className={classes.steps}>
        {wizardParts.map((part, index) => {
          const isCurrent = index === place;
          const done = index < place;
          const href = isCurrent ? undefined : hrefs[part.name];
          const content = (
            <>
              <Mark done={done} number={numberOf(part.name)} />
              <Label text={t(`parts.${part.name}`)} state={done ? t("done") : undefined} />
            </>
          );
          return (
            <li
              key={part.name}
              className={classes.step}
              data-state={isCurrent ? "current" : done ? "done" : undefined}
            >
              {href ? (
                <Opening href={href} onOpen={onOpen}>
                  {content}
                </Opening>
              ) : (
                <span className={classes.link} aria-current={isCurrent ? "step" : undefined}>
                  {content}
                </span>
              )}
            </li>
          );
        })}
      </ol>
      <p className={classes.position} aria-hidden>
        {position ? t("position", { position, total: wizardParts.length - 1, name }) : name}
      </p>
    </nav>
  );
}

function Opening({ href, onOpen, children }: Pick<Props, "onOpen"> & { href: string; children: ReactNode }) {
  if (!onOpen)
    return (
      <Link href={href} className={classes.link}>
        {children}
      </Link>
    );
  return (
    <button type="button" className={classes.link} onClick={() => onOpen(href)}>
      {children}
    </button>
  );
}

function Mark({ done, number }: { done: boolean; number: number | null }) {
  return (
    <span className={classes.mark} aria-hidden>
      {done ? <IconCheck size={14} stroke={2.4} /> : (number ?? <IconRocket size={14} stroke={1.8} />)}
    </span>
  );
}

/** On a phone only its mark is seen; its name is still read out. */
function Label({ text, state }: { text: string; state?: string }) {
  return (
    <span className={classes.label}>
      {text}
      {state ? <span className={classes.spoken}> ({state})</span> : null}
    </span>
  );
}
