// A number is taken as it is typed: whoever sends a form by Enter sends what they see.
import { MantineProvider, type TextInputProps } from "@mantine/core";
import { NextIntlClientProvider } from "next-intl";
import { act, useState } from "react";
import { afterEach, expect, it, vi } from "vitest";
import en from "@/messages/en.json";
import pt from "@/messages/pt-BR.json";
import type { Value } from "@/sync/value";
import { smallDom } from "../../support/small-dom";

const shown = vi.hoisted(() => ({}) as { input: TextInputProps; value: Value });
vi.mock("@mantine/core", async (original) => ({
  ...(await original<typeof import("@mantine/core")>()),
  TextInput: (input: TextInputProps) => {
    shown.input = input;
    return null;
  },
}));

let close: () => void = () => {};
afterEach(() => {
  close();
  vi.unstubAllGlobals();
});

async function open(locale: "en" | "pt-BR", first: string) {
  const body = smallDom();
  // Another file may have loaded it with the parts that are stood in for here.
  vi.resetModules();
  const { FieldInput } = await import("@/components/fields/field-input");
  const { createRoot } = await import("react-dom/client");
  const root = createRoot(body);
  close = () => act(() => root.unmount());
  function Form() {
    const [value, setValue] = useState<Value>(first);
    shown.value = value;
    return <FieldInput type="number" label="Team size" value={value} onChange={setValue} />;
  }
  await act(async () =>
    root.render(
      <NextIntlClientProvider locale={locale} messages={locale === "en" ? en : pt} timeZone="UTC">
        <MantineProvider>
          <Form />
        </MantineProvider>
      </NextIntlClientProvider>,
    ),
  );
}
const type = (text: string) =>
  act(async () => shown.input.onChange?.({ currentTarget: { value: text } } as never));
const leave = () => act(async () => shown.input.onBlur?.({} as never));

it("with a decimal comma, before the field is left, and stays as it was typed until then", async () => {
  await open("pt-BR", "11");
  await type("12,5");
  expect(shown).toMatchObject({ value: "12.5", input: { value: "12,5" } });
  await leave();
  expect(shown).toMatchObject({ value: "12.5", input: { value: "12,5" } });
});

it("with the thousands grouped as the app shows them, and once left it shows how it was taken", async () => {
  await open("en", "11");
  await type("1,250");
  expect(shown).toMatchObject({ value: "1250", input: { value: "1,250" } });
  await leave();
  expect(shown).toMatchObject({ value: "1250", input: { value: "1250" } });
});

it("and one that is there already has the decimal sign of the language, and stays the same untouched", async () => {
  await open("pt-BR", "0.125");
  expect(shown).toMatchObject({ value: "0.125", input: { value: "0,125" } });
  await leave();
  expect(shown.value).toBe("0.125");
});
