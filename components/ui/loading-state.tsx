import { Skeleton, Stack, VisuallyHidden } from "@mantine/core";
import { useTranslations } from "next-intl";

/** Grey lines in the place of a list that is on its way. */
export function LoadingState({ lines = 6 }: { lines?: number }) {
  const t = useTranslations("common");
  return (
    <Stack gap="sm" role="status" aria-busy>
      <VisuallyHidden>{t("loading")}</VisuallyHidden>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
        <Skeleton key={line} height={40} radius="md" />
      ))}
    </Stack>
  );
}
