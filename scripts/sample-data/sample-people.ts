import { readFileSync } from "node:fs";
import { z } from "zod";
import { cities, companies, firstNames, jobTitles, lastNames } from "./sample-names";

export type SamplePerson = {
  firstName: string;
  lastName: string;
  emails: string[];
  jobTitle: string | null;
  company: string | null;
  website: string | null;
  phone: string | null;
  country: string | null;
  city: string | null;
  industry: string | null;
  linkedinUrl: string | null;
};

const SharedPeople = z.array(
  z.object({
    email: z.string(),
    firstname: z.string(),
    lastname: z.string(),
    jobtitle: z.string(),
    company: z.string(),
    website: z.string(),
    phone: z.string(),
    country: z.string(),
    city: z.string(),
    industry: z.string(),
    linkedin: z.string(),
  }),
);

const total = 300;
const sharedFile = new URL("../../sandbox/hubspot/seed/shared-people.json", import.meta.url);

/** The same people on every machine: those the sandbox knows too, then some it does not. */
export function samplePeople(): SamplePerson[] {
  const shared = SharedPeople.parse(JSON.parse(readFileSync(sharedFile, "utf8"))).map(sharedPerson);
  const own = Array.from({ length: total - shared.length }, (_, at) => ownPerson(at));
  return [...shared, ...own];
}

function sharedPerson(person: z.infer<typeof SharedPeople>[number], at: number): SamplePerson {
  const same: SamplePerson = {
    firstName: person.firstname,
    lastName: person.lastname,
    emails: [person.email],
    jobTitle: person.jobtitle,
    company: person.company,
    website: person.website,
    phone: person.phone,
    country: person.country,
    city: person.city,
    industry: person.industry,
    linkedinUrl: person.linkedin,
  };
  // Every sixth differs from its contact, so that a first link has something to ask.
  if (at % 6 !== 5) return same;
  const title = { ...same, jobTitle: `Senior ${person.jobtitle}` };
  return at % 12 === 11 ? { ...title, city: person.city === "Lisbon" ? "Porto" : "Lisbon" } : title;
}

function ownPerson(at: number): SamplePerson {
  const firstName = pick(firstNames, at);
  const lastName = pick(lastNames, at * 7 + Math.floor(at / firstNames.length));
  const { name: company, domain, industry } = pick(companies, at * 3);
  const { city, country, dial } = pick(cities, at * 5);
  const local = `${plain(firstName)}.${plain(lastName)}`;
  return {
    firstName,
    lastName,
    emails: [`${local}${at + 1}@${domain}`, ...(at % 9 === 0 ? [`${local}${at + 1}@mail.example`] : [])],
    jobTitle: pick(jobTitles, at * 11),
    company,
    website: `https://${domain}`,
    // Real prospects have gaps.
    phone: at % 4 === 0 ? null : `${dial} 555 ${String(10_000 + at * 37).slice(-5)}`,
    country,
    city,
    industry: at % 5 === 0 ? null : industry,
    linkedinUrl:
      at % 3 === 0 ? null : `https://www.linkedin.com/in/${plain(firstName)}-${plain(lastName)}-${at + 1}`,
  };
}

function pick<T>(choices: readonly T[], at: number): T {
  const chosen = choices[at % choices.length];
  if (chosen === undefined) throw new Error("There is nothing to choose from");
  return chosen;
}

function plain(name: string): string {
  return name
    .normalize("NFD")
    .replace(/[^a-z]/gi, "")
    .toLowerCase();
}
