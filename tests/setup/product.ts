import { startMailServer } from "../support/mail-server";
import { startProduct } from "../support/start-product";

/** One product for all stories, made of `npm start`'s own parts. Its addresses are in the environment of the stories. */
export default async function setup(): Promise<() => Promise<void>> {
  const mail = await startMailServer();
  const product = await startProduct({
    env: { SMTP_URL: mail.url, MAIL_FROM: "Instep <notices@example.org>" },
  });
  process.env.E2E_APP_URL = product.appUrl;
  process.env.E2E_SANDBOX_URL = product.sandboxUrl;
  process.env.E2E_DATABASE_URL = product.databaseUrl;
  process.env.E2E_ENVIRONMENT = JSON.stringify(product.environment);
  return async () => {
    await product.stop();
    await mail.stop();
  };
}
