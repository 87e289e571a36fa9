// What is selected at once is what the words beside the box say.
import { MantineProvider } from "@mantine/core";
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { SelectShown } from "@/components/conflicts/select-shown";
import en from "@/messages/en.json";
import type { ConflictRow } from "@/services/conflicts/read-page";
import { row } from "./conflict-rows";

const shared = { mappingId: null, kind: "same_address" } as const;

function words(conflicts: ConflictRow[], selectable: ConflictRow[]): string {
  const queue = { conflicts, selectable, selected: [], selectAll: () => {} };
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={en} timeZone="UTC">
      <MantineProvider>
        <SelectShown queue={queue} />
      </MantineProvider>
    </NextIntlClientProvider>,
  );
}

it("names the kind where others are shown as well", () => {
  const conflicts = [row(1, shared), row(2, shared), row(3)];
  expect(words(conflicts, conflicts.slice(0, 2))).toContain(
    "Select all 2 shown of the kind “Same e-mail address”",
  );
});

it("is all that is shown where one choice fits all, but for what nobody can decide now", () => {
  const conflicts = [row(1), row(2), row(3, { stopped: true })];
  expect(words(conflicts, conflicts.slice(0, 2))).toContain(">Select all 2 shown<");
});
