import { Paper, ScrollArea } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./table-frame.module.css";

type Props = {
  /** A `<Table>`; on phones it scrolls sideways inside the frame. */
  children: ReactNode;
  minWidth?: number;
  toolbar?: ReactNode;
  footer?: ReactNode;
  /** Names the scrolling region for screen readers. */
  label: string;
};

/** The bordered frame of every table, with places for a toolbar above and paging below. */
export function TableFrame({ children, minWidth = 600, toolbar, footer, label }: Props) {
  return (
    <Paper withBorder className={classes.frame}>
      {toolbar ? <div className={classes.toolbar}>{toolbar}</div> : null}
      <ScrollArea
        type="auto"
        offsetScrollbars="present"
        scrollbarSize={8}
        viewportProps={{ tabIndex: 0, role: "region", "aria-label": label }}
      >
        <div className={classes.table} style={{ minWidth }}>
          {children}
        </div>
      </ScrollArea>
      {footer ? <div className={classes.footer}>{footer}</div> : null}
    </Paper>
  );
}
