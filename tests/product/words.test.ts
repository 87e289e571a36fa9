// A word of the interface means one thing: who reads "deleted" is not to wonder whether their record is gone.
import { expect, it } from "vitest";
import en from "@/messages/en.json";
import pt from "@/messages/pt-BR.json";

type Texts = { [key: string]: string | Texts };
const flat = (texts: Texts, path = ""): [string, string][] =>
  Object.entries(texts).flatMap(([key, text]) =>
    typeof text === "string" ? [[`${path}${key}`, text]] : flat(text, `${path}${key}.`),
  );

it("says in Portuguese what is left out of syncing with another word than what was deleted", () => {
  const portuguese = new Map(flat(pt));
  const excluded = flat(en).filter(([, text]) => /exclud/i.test(text.replaceAll(/\{excluded[,}]/g, "{")));
  expect(excluded.length).toBeGreaterThan(3);
  for (const [key] of excluded)
    expect(`${key}: ${portuguese.get(key)?.replaceAll(/\{excluded[,}]/g, "{")}`).not.toMatch(/: .*excluíd/i);
});
