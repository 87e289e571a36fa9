import { IconCheck } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { mayOpen, type WizardStep, wizardSteps } from "@/lib/wizard-flow";
import classes from "./wizard.module.css";

type Props = { current: WizardStep; reached: string; onOpen: (step: WizardStep) => void };

/** Where the person is. Steps that were reached open by a click; connecting is behind them. */
export function WizardSteps({ current, reached, onOpen }: Props) {
  const t = useTranslations("wizard");
  const position = wizardSteps.indexOf(current) + 2;
  return (
    <nav aria-label={t("progress")} className={classes.progress}>
      <ol className={classes.steps}>
        <li className={classes.step} data-state="done">
          <span className={classes.link}>
            <Mark done number={1} />
            <Label text={t("steps.connect.name")} state={t("done")} />
          </span>
        </li>
        {wizardSteps.map((step, index) => {
          const open = mayOpen(step, reached);
          const isCurrent = step === current;
          const done = !isCurrent && index + 2 < position;
          const state = done ? t("done") : undefined;
          const content = (
            <>
              <Mark done={done} number={index + 2} />
              <Label text={t(`steps.${step}.name`)} state={state} />
            </>
          );
          return (
            <li
              key={step}
              className={classes.step}
              data-state={isCurrent ? "current" : done ? "done" : undefined}
            >
              {open && !isCurrent ? (
                <button type="button" className={classes.link} onClick={() => onOpen(step)}>
                  {content}
                </button>
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
        {t("position", { position, total: wizardSteps.length + 1, name: t(`steps.${current}.name`) })}
      </p>
    </nav>
  );
}

function Mark({ done, number }: { done: boolean; number: number }) {
  return (
    <span className={classes.mark} aria-hidden>
      {done ? <IconCheck size={14} stroke={2.4} /> : number}
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
