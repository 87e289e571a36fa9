"use client";

import { MantineProvider, mergeThemeOverrides, Notification } from "@mantine/core";
import { DatesProvider } from "@mantine/dates";
import { Notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import "dayjs/locale/pt-br";
import { resolveVariables, theme } from "./theme";
import { TimeZoneCookie } from "./time-zone-cookie";

export function Providers({ children, nonce }: { children: ReactNode; nonce?: string }) {
  const [queries] = useState(
    () => new QueryClient({ defaultOptions: { queries: { staleTime: 5_000, retry: 1 } } }),
  );
  const locale = useLocale();
  const common = useTranslations("common");
  const closing = Notification.extend({
    defaultProps: { closeButtonProps: { "aria-label": common("close") } },
  });
  return (
    <MantineProvider
      theme={mergeThemeOverrides(theme, { components: { Notification: closing } })}
      cssVariablesResolver={resolveVariables}
      defaultColorScheme="auto"
      getStyleNonce={nonce ? () => nonce : undefined}
    >
      <DatesProvider settings={{ locale: locale.toLowerCase(), firstDayOfWeek: locale === "en" ? 1 : 0 }}>
        <QueryClientProvider client={queries}>{children}</QueryClientProvider>
      </DatesProvider>
      <Notifications position="bottom-right" containerWidth={400} />
      <TimeZoneCookie />
    </MantineProvider>
  );
}
