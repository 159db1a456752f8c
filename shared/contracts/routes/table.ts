import * as episodes from "./episodes.ts";
import * as escalations from "./escalations.ts";
import * as intakes from "./intakes.ts";
import * as me from "./me.ts";
import * as messages from "./messages.ts";
import * as people from "./people.ts";
import * as queue from "./queue.ts";
import type { ApiRoute } from "./route.ts";
import * as sessions from "./sessions.ts";
import * as sites from "./sites.ts";
import * as tasks from "./tasks.ts";

const { episodeLists, ...ofEpisodes } = episodes;

/**
 * Every route of the API. A route that is exported by its subject's file is in the table; nothing is answered
 * that is not here.
 */
export const apiRoutes: readonly ApiRoute[] = [
  me,
  intakes,
  sites,
  queue,
  people,
  ofEpisodes,
  episodeLists,
  tasks,
  escalations,
  sessions,
  messages,
].flatMap((subject) => Object.values(subject).filter(isRoute));

function isRoute(exported: object): exported is ApiRoute {
  return "method" in exported && "path" in exported && "answer" in exported;
}
