import { startProduct } from "../support/start-product";

/** One product for all stories, made of `npm start`'s own parts. Its addresses are in the environment of the stories. */
export default async function setup(): Promise<() => Promise<void>> {
  const product = await startProduct();
  process.env.E2E_APP_URL = product.appUrl;
  process.env.E2E_SANDBOX_URL = product.sandboxUrl;
  process.env.E2E_DATABASE_URL = product.databaseUrl;
  process.env.E2E_ENVIRONMENT = JSON.stringify(product.environment);
  return product.stop;
}
