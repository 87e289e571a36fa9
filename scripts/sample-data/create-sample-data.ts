import { sql } from "drizzle-orm";
import { openDatabase, type Tx } from "@/db/client";
import { customFields, listMembers, prospectEmails, prospectLists, prospects } from "@/db/schema/prospects";
import { members, users, workspaces } from "@/db/schema/workspaces";
import { hashPassword, verifyPassword } from "@/lib/password";
import { demoSignIn } from "./demo-sign-in";
import { customValues, sampleFields } from "./sample-fields";
import { listsOf, sampleLists } from "./sample-lists";
import { type SamplePerson, samplePeople } from "./sample-people";

/**
 * On the first run, a workspace with prospects of which some share their e-mail address with contacts of the sandbox.
 * Later runs only see to it that the demo sign-in works, and leave what people did with the data alone.
 */
export async function createSampleData(databaseUrl: string): Promise<void> {
  const { db, close } = openDatabase(databaseUrl, { max: 1 });
  try {
    const [demo] = await db.select().from(users).where(sql`lower(${users.email}) = ${demoSignIn.email}`);
    if (!demo) {
      const passwordHash = await hashPassword(demoSignIn.password);
      return await db.transaction((tx) => insertAll(tx, passwordHash));
    }
    if (demo.passwordHash && (await verifyPassword(demoSignIn.password, demo.passwordHash))) return;
    const passwordHash = await hashPassword(demoSignIn.password);
    await db.update(users).set({ passwordHash }).where(sql`${users.id} = ${demo.id}`);
  } finally {
    await close();
  }
}

async function insertAll(tx: Tx, passwordHash: string): Promise<void> {
  const { email, name } = demoSignIn;
  const user = only(await tx.insert(users).values({ email, name, passwordHash }).returning());
  const workspace = only(await tx.insert(workspaces).values({ name: "Demo workspace" }).returning());
  const workspaceId = workspace.id;
  await tx.insert(members).values({ workspaceId, userId: user.id, role: "owner" });
  const lists = await tx
    .insert(prospectLists)
    .values(sampleLists.map((list) => ({ workspaceId, name: list })))
    .returning();
  const fields = await tx
    .insert(customFields)
    .values(sampleFields.map((field) => ({ workspaceId, ...field })))
    .returning();

  const people = samplePeople();
  const rows = await tx
    .insert(prospects)
    .values(
      people.map((person, at) => {
        const custom = customValues(at, fields);
        return { ...columns(person), workspaceId, custom, fieldChanges: changes(person, custom, at) };
      }),
    )
    .returning({ id: prospects.id });
  const emails = people.flatMap(({ emails }, at) =>
    emails.map((email, position) => ({
      prospectId: only(rows.slice(at)).id,
      workspaceId,
      email,
      matchKey: email.toLowerCase(),
      isPrimary: position === 0,
      position,
    })),
  );
  await tx.insert(prospectEmails).values(emails);
  const memberships = rows.flatMap(({ id }, at) =>
    listsOf(at).map((list) => ({ listId: only(lists.slice(list)).id, prospectId: id })),
  );
  await tx.insert(listMembers).values(memberships);
}

function columns({ emails: _emails, phone, ...rest }: SamplePerson) {
  return { ...rest, phones: phone ? [phone] : [] };
}

/** As if these people had been entered over the last weeks. */
function changes(person: SamplePerson, custom: Record<string, unknown>, at: number) {
  const change = {
    at: new Date(Date.now() - (at + 1) * 3 * 3_600_000).toISOString(),
    by: { kind: "sample" as const, id: "sample" },
  };
  const filled = Object.entries(columnKeys).filter(([column]) => person[column as keyof typeof columnKeys]);
  const keys = ["email", ...filled.map(([, key]) => key), ...Object.keys(custom).map((id) => `custom:${id}`)];
  return Object.fromEntries(keys.map((key) => [key, change]));
}

const columnKeys = {
  firstName: "first_name",
  lastName: "last_name",
  jobTitle: "job_title",
  company: "company",
  website: "website",
  phone: "phone",
  country: "country",
  city: "city",
  industry: "industry",
  linkedinUrl: "linkedin_url",
} as const;

function only<T>([row]: T[]): T {
  if (row === undefined) throw new Error("A row that was just written was not returned");
  return row;
}
