import { companies, firstNames, jobTitles, lastNames } from "./names";

export interface Person {
  email: string;
  firstname: string;
  lastname: string;
  jobtitle: string;
  company: string;
  website: string;
  phone: string;
  country: string;
  city: string;
  industry: string;
  linkedin: string;
}

/**
 * Person number i, the same on every machine. The arrays have lengths without a common
 * divisor, so that a name comes with many companies. Everyone here is made up.
 */
export function person(i: number): Person {
  const firstname = pick(firstNames, i);
  const lastname = pick(lastNames, i * 3);
  const at = pick(companies, i * 5);
  const handle = `${plain(firstname)}.${plain(lastname)}.${i}`;
  return {
    email: `${handle}@${at.domain}`,
    firstname,
    lastname,
    jobtitle: pick(jobTitles, i),
    company: at.name,
    website: `https://www.${at.domain}`,
    phone: `${at.phone} 5550 ${String(1000 + ((i * 37) % 9000))}`,
    country: at.country,
    city: at.city,
    industry: at.industry,
    linkedin: `https://www.linkedin.com/in/${handle.replaceAll(".", "-")}`,
  };
}

function pick<T>(items: T[], at: number): T {
  const item = items[at % items.length];
  if (item === undefined) throw new Error("A seed array is empty");
  return item;
}

function plain(name: string): string {
  return name
    .normalize("NFD")
    .toLowerCase()
    .replace(/[^a-z]/g, "");
}
