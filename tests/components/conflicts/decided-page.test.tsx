// What the page of decisions says of taking back is so for whoever reads it.
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it, vi } from "vitest";
import { DecidedPage } from "@/components/conflicts/decided-page";
import en from "@/messages/en.json";
import { contextOf } from "./conflict-rows";

vi.mock("next/navigation", () => ({ useSearchParams: () => new URLSearchParams() }));

function words(manages: boolean): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={en} timeZone="UTC">
      <QueryClientProvider client={new QueryClient()}>
        <MantineProvider>
          <DecidedPage
            initial={{ conflicts: [], next: null, acts: {} }}
            asked={{}}
            context={contextOf({ manages })}
            undo={{} as never}
          />
        </MantineProvider>
      </QueryClientProvider>
    </NextIntlClientProvider>,
  );
}

it("tells a member that others’ choices are not theirs to take back, and an owner or admin that any is", () => {
  expect(words(false)).toContain("A choice of your own can be taken back here");
  expect(words(false)).toContain("owners and admins can take back anybody’s");
  expect(words(true)).toContain("A choice can be taken back here");
});
