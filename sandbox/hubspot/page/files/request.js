/** Calls the sandbox's own API; a refusal is thrown in words that can be shown. */
export async function request(method, path, body) {
  const response = await fetch(`/sandbox/api${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  if (response.status === 204) return null;
  const answer = await response.json();
  if (response.ok) return answer;
  const details = answer.errors?.map((error) => error.message).join(" ");
  throw new Error(details || answer.message);
}
