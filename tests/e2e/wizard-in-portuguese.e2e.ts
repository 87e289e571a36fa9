import { expect, test } from "@playwright/test";
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

test("the set-up is walked in Portuguese, up to launch", async ({ page }) => {
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
  await page.getByRole("radio", { name: "Só para o Snov.io" }).click();
  await next("O que é sincronizado e para onde vai?");

  await page.getByRole("button", { name: "Criar lista" }).click();
  const list = page.getByRole("dialog", { name: "Nova lista" });
  await list.getByLabel("Nome").fill("Do HubSpot");
  await list.getByRole("button", { name: "Criar lista" }).click();
  await expect(page.getByRole("combobox", { name: "Lista do Snov.io" })).toHaveValue("Do HubSpot");
  await shoot(page, "pt-data");
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
  await next("Um valor fixo em cada registro?");

  await expect(page.getByRole("main").getByText("Nada vai para o HubSpot com a direção")).toBeVisible();
  await shoot(page, "pt-constants");
  await next("Confira e inicie");
  await expect(page.getByRole("main").getByText("Nada é alterado no HubSpot.")).toBeVisible();
  await shoot(page, "pt-review");
  await page.getByRole("button", { name: "Iniciar" }).click();
  await expect(page.getByRole("heading", { name: "Levar os registros existentes?" })).toBeVisible();
  await shoot(page, "pt-step-five");
  await page.getByRole("link", { name: "Agora não" }).click();
  await expect(page.getByRole("main").getByText("Ativa", { exact: true })).toBeVisible();
  await shoot(page, "pt-overview");
});
