import * as z from "zod";
import type { Episode } from "../care/episode/episode.ts";
import {
  type ServiceKind,
  screenResults,
  serviceKinds,
  serviceStates,
} from "../care/program/service-kinds.ts";
import { count, date, instant, type Stored } from "../care/stored/fields.ts";
import { keys } from "../keys/keys.ts";
import type { Store } from "../ports/store.ts";
import { readStored, storedForm } from "./read-stored.ts";

const serviceSchema = z.object({
  service: z.enum(serviceKinds),
  version: count,
  state: z.enum(serviceStates),
  topic: z.exactOptional(z.string()),
  with: z.exactOptional(z.string()),
  on: z.exactOptional(date),
  nextOn: z.exactOptional(date),
  result: z.exactOptional(z.enum(screenResults)),
  isConfirmed: z.exactOptional(z.boolean()),
  isCleared: z.exactOptional(z.boolean()),
  /** Of a family session: the releases of those who come, by their numbers. */
  releases: z.exactOptional(z.array(count)),
  wasThere: z.exactOptional(z.boolean()),
  isRead: z.exactOptional(z.boolean()),
  toldBy: z.exactOptional(z.string()),
  at: instant,
  /** Id of the member of staff who recorded it. */
  by: z.string(),
});
export type RecordedService = Stored<typeof serviceSchema>;
export const serviceForm = storedForm("identity", "service", serviceSchema);

type Of = Pick<Episode, "episodeId" | "services">;

/** Each service as it was recorded last, in the order of the kinds. */
export async function readServices(
  store: Store,
  { episodeId, services }: Of,
): Promise<readonly RecordedService[]> {
  const wanted = serviceKinds.flatMap((kind) => {
    const version = services?.[kind];
    return version === undefined ? [] : [keys.service(episodeId, kind, version)];
  });
  if (wanted.length === 0) return [];
  const found = (await store.getMany("identity", wanted)).map((item) =>
    readStored(serviceForm, item),
  );
  return serviceKinds.flatMap((kind) => found.find(({ service }) => service === kind) ?? []);
}

/** How many records of one service are shown. */
const shownRecords = 50;

/** What was recorded about one service, newest first. */
export async function readServiceHistory(
  store: Store,
  { episodeId, services }: Of,
  kind: ServiceKind,
): Promise<readonly RecordedService[]> {
  const last = services?.[kind] ?? 0;
  const wanted = Array.from({ length: Math.min(last, shownRecords) }, (_, index) =>
    keys.service(episodeId, kind, last - index),
  );
  if (wanted.length === 0) return [];
  const items = await store.getMany("identity", wanted);
  return items
    .map((item) => readStored(serviceForm, item))
    .sort((left, right) => right.version - left.version);
}
