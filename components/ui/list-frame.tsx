import { Card } from "@mantine/core";
import type { ComponentProps, ReactNode } from "react";
import { ErrorState } from "./error-state";
import { LoadingState } from "./loading-state";
import { MoreButton } from "./more-button";

type Props = {
  title: string;
  query: ComponentProps<typeof MoreButton>["pages"] & {
    isError: boolean;
    isPlaceholderData: boolean;
    refetch: () => unknown;
  };
  /** What was read fails to be renewed. */
  error: string;
  more: string;
  filters?: ReactNode;
  className: string | undefined;
  /** Nothing was found yet, and it is looked for further back. */
  searching?: boolean;
  empty: ReactNode;
  /** The entries, or nothing. */
  children: ReactNode[];
};

/** A list by pages, with what is shown while it fails, is searched, or is empty. */
export function ListFrame({
  title,
  query,
  error,
  more,
  filters,
  className,
  searching,
  empty,
  children,
}: Props) {
  return (
    <Card component="section" aria-label={title}>
      {filters}
      {query.isError ? <ErrorState description={error} onRetry={() => query.refetch()} /> : null}
      {children.length ? (
        <>
          <ul className={className} aria-busy={query.isPlaceholderData}>
            {children}
          </ul>
          <MoreButton pages={query} mt="xs">
            {more}
          </MoreButton>
        </>
      ) : query.isError ? null : searching ? (
        <LoadingState lines={2} />
      ) : (
        empty
      )}
    </Card>
  );
}
