// Whoever wants to know at once is told again when there are ten times as many, once an hour at most.
import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { mails, noticePreferences } from "@/db/schema/mails";
import { notices } from "@/db/schema/notices";
import { recordStatuses } from "@/db/schema/sync";
import { sendMails } from "@/services/mail/send-mails";
import { keepNotices } from "@/services/telling/keep-notices";
import { markRead } from "@/services/telling/mark-read";
import { headerOf, type MailServer, startMailServer } from "../../support/mail-server";
import { type MailWorld, openMailWorld } from "./mail-world";

let world: MailWorld;
let server: MailServer;
beforeAll(async () => {
  world = await openMailWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  for (const table of [mails, notices, noticePreferences, recordStatuses]) await world.db.delete(table);
  await world.prefer(world.ctx.userId, "records_failing", "at_once");
  server = await startMailServer();
  world.mailBy(server.url);
});
afterEach(() => server.stop());

/** So many records are failing, which the next look finds; what is due is sent. */
async function failing(count: number): Promise<void> {
  await world.db.delete(recordStatuses);
  const { integrationId } = world;
  const rows = Array.from({ length: count }, () => ({
    integrationId,
    side: "snov" as const,
    recordId: randomUUID(),
    status: "failing" as const,
  }));
  if (rows.length) await world.db.insert(recordStatuses).values(rows);
  await look();
}

async function look(): Promise<void> {
  await keepNotices(world.ctx);
  await sendMails(world.ctx);
}

const minutesPass = (minutes: number) =>
  world.db.update(notices).set({
    raisedAt: sql`raised_at - make_interval(mins => ${minutes})`,
    toldAt: sql`told_at - make_interval(mins => ${minutes})`,
  });
const subjects = () => server.received.map((mail) => headerOf(mail, "Subject"));
const told = (count: number) =>
  count === 1
    ? "1 record of Sandbox is failing"
    : `${count.toLocaleString("en")} records of Sandbox are failing`;

it("is told of ten times as many, once the hour is over, and no third time while that is so", async () => {
  await failing(1);
  await failing(500);
  await minutesPass(59);
  await look();
  expect(subjects()).toEqual([told(1)]);
  await minutesPass(1);
  await look();
  await minutesPass(600);
  await failing(501);
  expect(subjects()).toEqual([told(1), told(500)]);
  await failing(5000);
  expect(subjects()).toEqual([told(1), told(500), told(5000)]);
});

it("is told of nothing less", async () => {
  await failing(3);
  await minutesPass(600);
  await failing(29);
  expect(subjects()).toEqual([told(3)]);
  await failing(30);
  expect(subjects()).toEqual([told(3), told(30)]);
});

it("is told of what has grown again after it had become less", async () => {
  await failing(100);
  await failing(5);
  await minutesPass(60);
  await failing(49);
  expect(subjects()).toEqual([told(100)]);
  await failing(50);
  expect(subjects()).toEqual([told(100), told(50)]);
});

it("is told of nothing that they have read here since it has grown", async () => {
  await failing(1);
  await failing(500);
  await markRead({ ctx: world.ctx, input: { ids: "all" } });
  await minutesPass(60);
  await look();
  expect(subjects()).toEqual([told(1)]);
});

it("is sent one e-mail, with the latest count, where the mail server was away all the time", async () => {
  await server.stop();
  await failing(1);
  await minutesPass(60);
  await failing(500);
  server = await startMailServer({ port: server.port });
  await world.makeDue();
  await look();
  expect(subjects()).toEqual([told(500)]);
});

it("is not who wants the daily e-mail, or none", async () => {
  const other = await world.person();
  await world.prefer(other.id, "records_failing", "daily");
  await failing(1);
  await minutesPass(60);
  await failing(500);
  expect(server.received.flatMap(({ to }) => to)).toEqual(["ana@example.com", "ana@example.com"]);
});
