import { describe, expect, it } from "vitest";
import { chooseLocale, chooseTimeZone } from "@/lib/locales";

describe("chooseLocale", () => {
  it("follows the person's choice before the browser", () => {
    expect(chooseLocale("pt-BR", "en-US,en;q=0.9")).toBe("pt-BR");
    expect(chooseLocale("en", "pt-BR")).toBe("en");
  });

  it("follows the browser's preferred language that we speak", () => {
    expect(chooseLocale(undefined, "de-DE,pt;q=0.8,en;q=0.5")).toBe("pt-BR");
    expect(chooseLocale(undefined, "en;q=0.4,pt-BR;q=0.9")).toBe("pt-BR");
    expect(chooseLocale(undefined, "en-GB,pt;q=0.9")).toBe("en");
  });

  it("speaks English to everybody else, and where the choice is none of ours", () => {
    expect(chooseLocale(undefined, null)).toBe("en");
    expect(chooseLocale("fr", "fr-FR")).toBe("en");
  });
});

describe("chooseTimeZone", () => {
  it("takes a zone that exists and falls back to UTC for anything else", () => {
    expect(chooseTimeZone("America/Sao_Paulo")).toBe("America/Sao_Paulo");
    expect(chooseTimeZone("Mars/Olympus")).toBe("UTC");
    expect(chooseTimeZone(undefined)).toBe("UTC");
  });
});
