// Mends five faults of postgres 3.4.9 after it was installed, and spares it a question; see docs/decisions/postgres-driver.md.
// Refuses any other version, so that an upgrade makes somebody look whether they are still there.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const version = "3.4.9";
const mark = "/* mended */";

const teardown = {
  // A timer that was cleared but still looks armed keeps the connection from ever sending again.
  find: "    clearImmediate(nextWriteTimer)\n",
  put: `    clearImmediate(nextWriteTimer) ${mark}\n    chunk = nextWriteTimer = null\n`,
  times: 2,
};
const lateWrite = {
  // A write that comes after the socket is gone fails its query instead of ending the process.
  find: "    const x = socket.write(chunk, fn)\n",
  put: `    if (!socket) ${mark}\n      return chunk = nextWriteTimer = null, error(Errors.connection('CONNECTION_CLOSED', options)), false\n    const x = socket.write(chunk, fn)\n`,
  times: 1,
};
const askedBetween = {
  // A query asked between a socket's error and its end would wait for ever.
  find: "    !hadError && (query || sent.length) && error(",
  put: `    ;(query || sent.length) && ${mark} error(`,
  times: 1,
};
const typeQuestion = {
  // The driver's own first question on a connection; nobody waits for it, so its failure would end the process.
  find: "        return fetchArrayTypes()\n",
  put: `        return fetchArrayTypes().catch(() => {}) ${mark}\n`,
  times: 1,
};
const lostTransaction = [
  // The rest of a transaction whose connection is gone must not run, each statement for itself, on the next one.
  {
    find: "        new Promise((_, reject) => connection.onclose = reject)\n",
    put: `        new Promise((_, reject) => connection.onclose = e => { lost = e; reject(e) }) ${mark}\n`,
    times: 1,
  },
  {
    find: "    let savepoints = 0\n",
    put: `    let lost = null ${mark}\n    let savepoints = 0\n`,
    times: 1,
  },
  {
    find: "        q.catch(e => uncaughtError || (uncaughtError = e))\n",
    put: `        q.catch(e => uncaughtError || (uncaughtError = e))\n        if (lost) ${mark}\n          return q.reject(lost)\n`,
    times: 1,
  },
];
const knownTypes = [
  // Before a statement with parameters the driver asks for their types, and sends nothing until it knows: twice the way, each
  // time. What was answered to the same text is so again, unless the statement failed.
  {
    find: "    q.describeFirst = q.onlyDescribe || (parameters.length && !q.prepared)\n",
    put: `    q.asked = !q.prepare && !q.onlyDescribe && parameters.length ? types + string : null ${mark}
    q.known = q.asked !== null && options.shared.knownTypes.get(q.asked)
    q.describeFirst = q.onlyDescribe || (parameters.length && !q.prepared && !q.known)\n`,
    times: 1,
  },
  {
    find: "      : { string, types, name: q.prepare ?",
    put: `      : { string, types: q.known || types, ${mark} name: q.prepare ?`,
    times: 1,
  },
  {
    find: "    query.prepare && (statements[query.signature] = query.statement)\n",
    put: `    query.prepare && (statements[query.signature] = query.statement)
    if (query.describeFirst && query.asked !== null) { ${mark}
      options.shared.knownTypes.size >= 1000 && options.shared.knownTypes.clear()
      options.shared.knownTypes.set(query.asked, query.statement.types)
    }\n`,
    times: 1,
  },
  {
    find: "      (query.cursorFn || query.describeFirst) && write(Sync)\n      errorResponse",
    put: `      (query.cursorFn || query.describeFirst) && write(Sync)
      query.known && options.shared.knownTypes.delete(query.asked) ${mark}
      errorResponse`,
    times: 1,
  },
  {
    // Only a transaction sends the next one before the answer: elsewhere it could come to wait behind a lock.
    find: "        && !q.describeFirst\n",
    put: `        && !q.describeFirst\n        && (!q.known || !!connection.reserved) ${mark}\n`,
    times: 1,
  },
];
const sharedTypes = {
  find: "{ retries: 0, typeArrayMap: {} }",
  put: `{ retries: 0, typeArrayMap: {}, knownTypes: new Map() ${mark} }`,
  times: 1,
};

/** Safe to run again. `modules`: the node_modules folder. */
export function mendPostgres(modules) {
  const folder = join(modules, "postgres");
  const installed = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version;
  if (installed !== version)
    throw new Error(
      `postgres ${installed} is installed, and scripts/bootstrap/mend-postgres.mjs knows ${version} only.`,
    );
  for (const source of ["src", join("cjs", "src")]) {
    const faults = [teardown, lateWrite, askedBetween, typeQuestion];
    mend(join(folder, source, "connection.js"), [...faults, ...knownTypes]);
    mend(join(folder, source, "index.js"), [...lostTransaction, sharedTypes]);
  }
}

function mend(file, changes) {
  const before = readFileSync(file, "utf8");
  let text = before;
  for (const { find, put, times } of changes) {
    // An installation of an older version of this project may have some of them.
    if (text.includes(put)) continue;
    if (text.split(find).length - 1 !== times) throw new Error(`${file} is not what was expected.`);
    text = text.replaceAll(find, put);
  }
  if (text !== before) writeFileSync(file, text);
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  mendPostgres(fileURLToPath(new URL("../../node_modules", import.meta.url)));
