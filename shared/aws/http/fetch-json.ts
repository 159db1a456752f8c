const timeoutMilliseconds = 5000;

/** Reads a JSON document of a service this system is configured with. */
export async function fetchJson(url: string): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMilliseconds) });
  if (!response.ok) throw new Error(`The service answered ${response.status}`);
  return response.json();
}

/** Sends a form and reads the JSON answer; an error's body is an answer too. */
export async function postForm(
  url: string,
  fields: Readonly<Record<string, string>>,
): Promise<unknown> {
  const response = await fetch(url, {
    method: "POST",
    body: new URLSearchParams(fields),
    signal: AbortSignal.timeout(timeoutMilliseconds),
  });
  return response.json();
}
