// A mapping that goes on by itself says when that is looked at, and how a person has it looked at sooner.
import { describe, expect, it } from "vitest";
import en from "@/messages/en.json";
import ptBr from "@/messages/pt-BR.json";

const languages = [
  { language: "English", texts: en.mapping, daily: "once a day" },
  { language: "Portuguese", texts: ptBr.mapping, daily: "uma vez por dia" },
];

describe.each(languages)("a stopped mapping in $language (Verifies: R-14)", ({ texts, daily }) => {
  it.each(Object.entries(texts.stoppedReasons))("says when it is tried again: %s", (reason, text) => {
    // A deleted field of ours is not restored in HubSpot: only a person ends that.
    const isByItself = reason !== "snov_field_deleted";
    expect(text.includes(daily)).toBe(isByItself);
    expect(text.includes(`“${texts.refresh}”`)).toBe(isByItself);
  });
});
