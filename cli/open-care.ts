import { type ApiClient, givenToken, openApi } from "./api-client.ts";
import { type Input, textOption } from "./command.ts";

/** What whoever is signed in sees of people's care. */
export type CareClient = {
  /** All rows of a paged list, of every site. */
  readonly list: ApiClient["list"];
  /** The API as it answers about this site. */
  readonly at: (siteId: string) => ApiClient;
};

/** Who looks where nobody is named: the care team sees care, an operator does not. */
const role = "clinical-lead";

/**
 * Opens the care of every site one may see. On this machine, where anybody may sign in as a fictional member of
 * staff, that is the clinical lead of each site; elsewhere the token says who it is.
 */
export async function openCare(input: Input): Promise<CareClient> {
  const isNamed =
    givenToken(input) !== undefined ||
    textOption(input, "as") !== undefined ||
    textOption(input, "site") !== undefined;
  if (isNamed) {
    const api = await openApi(input, role);
    return { list: api.list, at: () => api };
  }
  const { siteIds } = await (await openApi(input, "operator")).get("/me");
  const sites = new Map<string, ApiClient>();
  for (const siteId of Array.isArray(siteIds) ? siteIds.map(String) : [])
    sites.set(siteId, await openApi(input, role, siteId));
  const first = [...sites.values()][0] ?? (await openApi(input, role));
  return {
    async list(path) {
      const rows = [];
      for (const api of sites.values()) rows.push(...(await api.list(path)));
      return rows;
    },
    at: (siteId) => sites.get(siteId) ?? first,
  };
}
