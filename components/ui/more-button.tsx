import { Button, type ButtonProps } from "@mantine/core";

type Pages = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage(): unknown };

/** Reads the next page of a list; nothing where there is none. */
export function MoreButton({ pages, ...button }: { pages: Pages; children: string } & ButtonProps) {
  if (!pages.hasNextPage) return null;
  return (
    <Button
      variant="default"
      size="xs"
      loading={pages.isFetchingNextPage}
      onClick={() => pages.fetchNextPage()}
      {...button}
    />
  );
}
