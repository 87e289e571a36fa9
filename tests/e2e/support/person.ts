import { expect, type Page } from "@playwright/test";
import { shoot } from "./shots";

/** Signs a new person up, with a workspace of their own, and ends on its empty prospects. */
export async function signUp(page: Page, name: string): Promise<void> {
  const handle = `${name.toLowerCase().replaceAll(/\W+/g, ".")}.${Date.now().toString(36)}`;
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Create an account" }).click();
  await page.getByRole("main").getByLabel("Your name").fill(name);
  await page.getByRole("main").getByLabel("E-mail").fill(`${handle}@example.com`);
  await page.getByRole("textbox", { name: "Password" }).fill("a long enough phrase");
  await page.getByRole("main").getByLabel("Workspace name").fill(`${name}’s team`);
  await shoot(page, "sign-up");
  await page.getByRole("button", { name: "Create account" }).click();
  // Hashing the password takes a while on a busy machine.
  await expect(page.getByRole("heading", { level: 1, name: "Prospects" })).toBeVisible({ timeout: 40_000 });
}

export type SignIn = { email: string; password: string };

export async function fillSignIn(page: Page, { email, password }: SignIn): Promise<void> {
  if (!page.url().includes("/sign-in")) await page.goto("/sign-in");
  await page.getByRole("main").getByLabel("E-mail").fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Ends on the prospects. */
export async function signIn(page: Page, person: SignIn): Promise<void> {
  await fillSignIn(page, person);
  await expect(page.getByRole("heading", { level: 1, name: "Prospects" })).toBeVisible();
}

/** By the navigation, as a person goes. */
export async function open(page: Page, link: string): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name: link, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: link })).toBeVisible();
}

/** Picks one of a select's options. */
export async function choose(page: Page, select: string, option: string): Promise<void> {
  await page.getByRole("combobox", { name: select }).click();
  await page.getByRole("option", { name: option, exact: true }).click();
}
