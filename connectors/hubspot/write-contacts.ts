import { isDeepStrictEqual } from "node:util";
import type { BasicApi, BatchApi } from "@hubspot/api-client/lib/codegen/crm/contacts/index.js";
import { chunks } from "@/lib/chunks";
import { errorFields, log } from "@/lib/log";
import { matchKey } from "@/sync/match-key";
import { BatchAnswer } from "./batch-answer";
import { BATCH_SIZE, type Contact, WireContact, type WriteOutcome } from "./contact";
import { readByEmails } from "./read-contacts";
import { CORRELATION_ID, type ErrorBody, errorFromBatchItem } from "./read-error";
import { RemoteError } from "./remote-error";
import { understood } from "./sdk";
import { standsForEach, writeOneByOne } from "./write-one-by-one";

type Apis = { basic: BasicApi; batch: BatchApi };
type NewContact = { trace: string; properties: Record<string, string> };
type Change = { id: string; properties: Record<string, string> };

/** One outcome per trace. An address that is taken gives `conflict` with the id of its owner. */
export async function createContacts(
  { reads, ...apis }: Apis & { reads: BatchApi },
  inputs: NewContact[],
): Promise<Map<string, WriteOutcome>> {
  const outcomes = new Map<string, WriteOutcome>();
  for (const part of chunks(inputs, BATCH_SIZE)) {
    const written = await writeBatch(part, {
      call: "batch/create",
      batch: () =>
        apis.batch.createWithHttpInfo({
          inputs: part.map(({ trace, properties }) => ({ objectWriteTraceId: trace, properties })),
        }),
      one: ({ properties }) => apis.basic.create({ properties, associations: [] }),
      traceOf: ({ trace }) => trace,
      recognise: ({ properties }, contact) =>
        !!properties.email && contact.properties.email === properties.email.toLowerCase(),
    });
    for (const [trace, outcome] of written) outcomes.set(trace, outcome);
    await nameOwners(reads, part, outcomes);
  }
  return outcomes;
}

/** One outcome per id. Two changes of one contact become one. */
export async function updateContacts(apis: Apis, inputs: Change[]): Promise<Map<string, WriteOutcome>> {
  const byId = new Map<string, Change>();
  for (const { id, properties } of inputs)
    byId.set(id, { id, properties: { ...byId.get(id)?.properties, ...properties } });
  const outcomes = new Map<string, WriteOutcome>();
  for (const part of chunks([...byId.values()], BATCH_SIZE)) {
    const written = await writeBatch(part, {
      call: "batch/update",
      batch: () =>
        apis.batch.updateWithHttpInfo({
          inputs: part.map(({ id, properties }) => ({ id, properties, objectWriteTraceId: id })),
        }),
      one: ({ id, properties }) => apis.basic.update(id, { properties }),
      traceOf: ({ id }) => id,
      recognise: ({ id }, contact) => contact.id === id,
    });
    for (const [id, outcome] of written) outcomes.set(id, outcome);
  }
  return outcomes;
}

type Write<I> = {
  call: string;
  batch: () => Promise<{ data: unknown; headers: Record<string, string> }>;
  one: (input: I) => Promise<unknown>;
  traceOf: (input: I) => string;
  /** Tells an input's result where HubSpot leaves the trace out. */
  recognise: (input: I, contact: Contact) => boolean;
};

async function writeBatch<I>(inputs: I[], write: Write<I>): Promise<Map<string, WriteOutcome>> {
  let answer: BatchAnswer;
  let correlationId: string | undefined;
  const alone = {
    keyOf: write.traceOf,
    one: async (input: I): Promise<WriteOutcome> => {
      const { contact } = await understood(write.call, WireContact, () => write.one(input));
      return { ok: true, contact };
    },
  };
  try {
    answer = await understood(write.call, BatchAnswer, async () => {
      const { data, headers } = await write.batch();
      correlationId = headers[CORRELATION_ID];
      return data;
    });
  } catch (error) {
    if (!standsForEach(error)) throw error;
    return writeOneByOne(inputs, alone);
  }
  const faultOf = (item: ErrorBody) => errorFromBatchItem(write.call, item, correlationId);
  const outcomes = new Map<string, WriteOutcome>();
  const unanswered: I[] = [];
  for (const input of inputs) {
    const outcome = outcomeOf(input, answer, write, faultOf);
    if (outcome) outcomes.set(write.traceOf(input), outcome);
    else unanswered.push(input);
  }
  const shared = sharedFault(answer, unanswered.length);
  const theirs = shared
    ? unanswered.map((input): [string, WriteOutcome] => [
        write.traceOf(input),
        { ok: false, error: faultOf(shared) },
      ])
    : await writeOneByOne(unanswered, alone, { isLetIn: outcomes.size > 0 });
  return new Map([...outcomes, ...theirs]);
}

function outcomeOf<I>(
  input: I,
  answer: BatchAnswer,
  write: Write<I>,
  faultOf: (item: ErrorBody) => RemoteError,
): WriteOutcome | undefined {
  const trace = write.traceOf(input);
  const result =
    answer.results.find((candidate) => candidate.trace === trace) ??
    answer.results.find(({ trace, contact }) => trace === undefined && write.recognise(input, contact));
  if (result) return { ok: true, contact: result.contact };
  const fault = answer.errors?.find(({ context }) => context?.objectWriteTraceId?.includes(trace));
  return fault && { ok: false, error: faultOf(fault) };
}

/** HubSpot may leave out whose a fault is. It is told all the same where one is left for each, and all say the same. */
function sharedFault({ errors = [] }: BatchAnswer, unanswered: number): ErrorBody | undefined {
  const [first, ...others] = errors.filter(({ context }) => !context?.objectWriteTraceId?.length);
  if (!first || others.length + 1 !== unanswered) return undefined;
  return others.every((other) => isDeepStrictEqual(other, first)) ? first : undefined;
}

/** A conflict that does not name the owner of its address is looked up by the address. */
async function nameOwners(
  batch: BatchApi,
  inputs: NewContact[],
  outcomes: Map<string, WriteOutcome>,
): Promise<void> {
  const nameless = inputs.flatMap(({ trace, properties: { email } }) => {
    const outcome = outcomes.get(trace);
    if (!email || outcome?.ok !== false || outcome.error.kind !== "conflict") return [];
    return outcome.error.existingId ? [] : [{ trace, email, error: outcome.error }];
  });
  if (!nameless.length) return;
  const emails = nameless.map(({ email }) => email);
  const holders = await readByEmails(batch, emails, []).catch((error: unknown) => {
    if (!(error instanceof RemoteError)) throw error;
    // The other outcomes must not be lost with this look-up: without an owner the record is tried again.
    log.warn("hubspot/owners-not-named", errorFields(error));
    return new Map<string, Contact>();
  });
  for (const { trace, email, error } of nameless) {
    const owner = holders.get(matchKey(email));
    if (!owner) continue;
    const { status, correlationId, category, fields, said } = error;
    const details = { status, correlationId, category, fields, said, existingId: owner.id };
    outcomes.set(trace, { ok: false, error: new RemoteError("conflict", error.message, details) });
  }
}
