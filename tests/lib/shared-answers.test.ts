import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { sharedAnswers } from "@/lib/shared-answers";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

/** Answers hold for as many milliseconds as they are. */
function asked() {
  const answers = vi.fn<() => Promise<number>>();
  const share = sharedAnswers<number>((answer) => answer);
  return { answers, ask: (subject = "a") => share(subject, answers) };
}

it("gives one answer to all while it holds, of each subject its own", async () => {
  const { answers, ask } = asked();
  answers.mockResolvedValueOnce(1000).mockResolvedValueOnce(2000).mockResolvedValueOnce(3000);
  expect([await ask(), await ask(), await ask("b")]).toEqual([1000, 1000, 2000]);
  vi.advanceTimersByTime(1000);
  expect([await ask(), await ask("b")]).toEqual([3000, 2000]);
  expect(answers).toHaveBeenCalledTimes(3);
});

it("asks for everybody what holds no time", async () => {
  const { answers, ask } = asked();
  answers.mockResolvedValue(0);
  await ask();
  await ask();
  expect(answers).toHaveBeenCalledTimes(2);
});

it("asks once for all where what they had is over", async () => {
  const { answers, ask } = asked();
  answers.mockResolvedValueOnce(1000).mockResolvedValueOnce(2000);
  await ask();
  vi.advanceTimersByTime(1000);
  expect(await Promise.all([ask(), ask(), ask()])).toEqual([2000, 2000, 2000]);
  expect(answers).toHaveBeenCalledTimes(2);
});

it("tells whoever waits of a fault, and asks anew after that", async () => {
  const { answers, ask } = asked();
  answers.mockResolvedValueOnce(1000).mockRejectedValueOnce(new Error("down")).mockResolvedValueOnce(5);
  await ask();
  vi.advanceTimersByTime(1000);
  const both = await Promise.allSettled([ask(), ask()]);
  expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(await ask()).toBe(5);
});
