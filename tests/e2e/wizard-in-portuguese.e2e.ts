import { expect, test } from "@playwright/test";
import { expectAccessible } from "./support/accessible";
import { connectHubspot } from "./support/connect";
import { mappingRow, PairForm } from "./support/mappings";
import { choose, signUp } from "./support/person";
import { shoot } from "./support/shots";

const words = {
  add: "Adicionar campo",
  confirm: "Adicionar mapeamento",
  snov: "Campo do Snov.io",
  hubspot: "Campo do HubSpot",
};

test("the set-up is walked in Portuguese, to its end", async ({ page }) => {
  await signUp(page, "Iara Historia");
  await page.goto("/settings/profile");
  await page.getByRole("combobox", { name: "Language" }).selectOption("pt-BR");
  await expect(page.getByRole("heading", { level: 1, name: "Perfil" })).toBeVisible();
  const next = async (heading: string) => {
    await page.getByRole("button", { name: "Avançar" }).click();
    await expect(page.getByRole("heading", { name: heading })).toBeVisible();
  };

  await page.goto("/settings/integrations");
  await connectHubspot(page, "Blue Harbor Demo", "Conectar");
  await expect(page.getByRole("heading", { name: "Em que sentido as alterações vão?" })).toBeVisible();
  await expect(page.getByRole("radio", { name: "Nos dois sentidos" })).toBeChecked();
  await shoot(page, "pt-direction");
  await expectAccessible(page, "light");
  await page.getByRole("radio", { name: "Só para o Snov.io" }).click();
  await next("O que é sincronizado e para onde vai?");

  await page.getByRole("button", { name: "Criar lista" }).click();
  const list = page.getByRole("dialog", { name: "Nova lista" });
  await list.getByLabel("Nome").fill("Do HubSpot");
  await list.getByRole("button", { name: "Criar lista" }).click();
  await expect(page.getByRole("combobox", { name: "Lista do Snov.io" })).toHaveValue("Do HubSpot");
  await shoot(page, "pt-data");
  await expectAccessible(page, "dark");
  await next("Quais campos correspondem entre si?");

  const pair = await new PairForm(page, words).start();
  await page.getByRole("combobox", { name: words.snov }).click();
  await page.getByRole("option", { name: "Criar campo personalizado" }).click();
  const made = page.getByRole("dialog", { name: "Novo campo personalizado" });
  await made.getByLabel("Nome").fill("Porte");
  await choose(page, "Tipo", "Número");
  await made.getByRole("button", { name: "Criar campo" }).click();
  await expect(page.getByRole("combobox", { name: words.snov })).toHaveValue("Porte");
  expect(await pair.offered("hubspot")).not.toContain("Preferred name");
  await pair.choose("hubspot", "Team size");
  await pair.add();
  await expect(mappingRow(page, "Porte").getByText("Para o Snov.io")).toBeVisible();
  await shoot(page, "pt-fields");
  await expectAccessible(page, "light");
  await next("Um valor fixo em cada registro?");

  await expect(page.getByRole("main").getByText("Nada vai para o HubSpot com a direção")).toBeVisible();
  await shoot(page, "pt-constants");
  await expectAccessible(page, "dark");
  await next("Confira e inicie");
  await expect(page.getByRole("main").getByText("Nada é alterado no HubSpot.")).toBeVisible();
  await shoot(page, "pt-review");
  await expectAccessible(page, "light");
  await page.getByRole("button", { name: "Iniciar" }).click();
  await expect(page.getByRole("heading", { name: "Levar os registros existentes?" })).toBeVisible();
  await shoot(page, "pt-step-five");
  await expectAccessible(page, "dark");

  const lastStep = page.getByRole("heading", { name: "E se os dois lados discordarem?" });
  const hint = page.getByText("falta uma etapa");
  await page.getByRole("link", { name: "Agora não" }).click();
  await expect(lastStep).toBeVisible();
  await page.goto(page.url().replace("/setup/conflicts", ""));
  await expect(page.getByRole("main").getByText("Ativa", { exact: true })).toBeVisible();
  await hint.getByRole("link").click();
  await expect(lastStep).toBeVisible();
  await page.getByRole("button", { name: "Transferência" }).click();
  await page.getByRole("link", { name: "Conflitos", exact: true }).click();
  await choose(page, "Adicionar um campo", "Telefone");
  await choose(page, "Telefone", "Vale o HubSpot");
  await shoot(page, "pt-step-six");
  await expectAccessible(page, "light");
  await page.getByRole("button", { name: "Concluir" }).click();
  await expect(page.getByRole("main").getByText("Ativa", { exact: true })).toBeVisible();
  await expect(hint).toBeHidden();
  await shoot(page, "pt-overview");

  await page.getByRole("main").getByRole("link", { name: "Configurações" }).click();
  const ofPhone = page.getByRole("combobox", { name: "Telefone" });
  await expect(ofPhone).toHaveValue("Vale o HubSpot");
  await shoot(page, "pt-settings");
  await expectAccessible(page, "dark");
});
