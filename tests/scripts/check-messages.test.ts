import { expect, it } from "vitest";
import { compareMessages } from "@/scripts/verify/check-messages";
import { valueImports } from "@/scripts/verify/check-type-only-imports";

it("names a text that one language lacks", () => {
  expect(compareMessages({ a: { b: "x" } }, { a: { c: "y" } })).toEqual([
    "a.b is missing in pt-BR.json",
    "a.c is missing in en.json",
  ]);
});

it("names a text whose values differ", () => {
  expect(compareMessages({ a: "Hi {name}" }, { a: "Oi {nome}" })).toHaveLength(1);
  expect(compareMessages({ a: "<b>Hi</b>" }, { a: "Oi" })).toHaveLength(1);
});

it("lets the words of plural forms differ", () => {
  const en = "{count, plural, one {# contact} other {# contacts}}";
  const pt = "{count, plural, one {contato} other {# contatos}}";
  expect(compareMessages({ a: en }, { a: pt })).toEqual([]);
});

it("looks at what is filled in inside the forms, not at their words", () => {
  const en = "{from, select, snov {here by {who}} other {HubSpot}}";
  expect(compareMessages({ a: en }, { a: "{from, select, snov {aqui por {who}} other {outro}}" })).toEqual(
    [],
  );
  expect(compareMessages({ a: en }, { a: "{from, select, snov {aqui} other {HubSpot}}" })).toHaveLength(1);
});

it("tells an import of values from one of types", () => {
  expect(valueImports('import { plan } from "@/sync/plan";', ["sync"])).toEqual(["@/sync/plan"]);
  expect(valueImports('import type { Plan } from "@/sync/plan";', ["sync"])).toEqual([]);
  expect(valueImports('import { type Plan, plan } from "@/sync/plan";', ["sync"])).toEqual(["@/sync/plan"]);
  expect(valueImports('import {\n  type A,\n  type B,\n} from "@/sync/plan";', ["sync"])).toEqual([]);
});
