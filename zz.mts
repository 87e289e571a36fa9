import { tryBreaks } from "./scripts/breaks/try-breaks";
import { breaks, proofOfLine } from "./scripts/simulate/breaks";
import { withServer } from "./scripts/simulate/with-server";
const wanted = process.argv.slice(2);
await withServer(async (server) => {
  process.env.TEST_DATABASE_URL = server;
  const t = Date.now();
  console.log(JSON.stringify(await tryBreaks(proofOfLine, breaks.filter(({ mistake }) => wanted.some((w) => mistake.includes(w))))), Date.now() - t);
});
process.exit(0);
