/**
 * How many events each post carries: a thousand in 255 posts, half of them two to a post and half a hundred, so that
 * the slowest hundredth is more than the slowest one.
 */
export function mixedPosts(): number[] {
  return Array.from({ length: 5 }, () => [...Array(50).fill(2), 100]).flat();
}
