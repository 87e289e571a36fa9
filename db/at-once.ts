type Acts = readonly (() => PromiseLike<unknown>)[];
type Results<A extends Acts> = { -readonly [K in keyof A]: Awaited<ReturnType<A[K]>> };

/**
 * Sends statements of one transaction in this order, without waiting for the answer to one before the next goes out; Postgres
 * does them one after the other all the same. Where one fails, the others are waited for before that is thrown, so that
 * none of them is sent once the transaction has ended.
 */
export async function atOnce<const A extends Acts>(acts: A): Promise<Results<A>> {
  const failures: unknown[] = [];
  const results = await Promise.all(
    acts.map(async (act) => {
      try {
        return await act();
      } catch (error) {
        failures.push(error);
      }
    }),
  );
  if (failures.length) throw failures[0];
  return results as Results<A>;
}
