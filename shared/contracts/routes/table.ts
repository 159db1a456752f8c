import * as commands from "./episode-commands.ts";
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
import * as tables from "./tables.ts";
import * as tasks from "./tasks.ts";

const { episodeLists, ...ofEpisodes } = episodes;

/** What the API is about: each subject has a file of routes here, and one of answers in its function. */
export const apiSubjects = {
  me: routesIn(me),
  intakes: routesIn(intakes),
  sites: routesIn(sites),
  queue: routesIn(queue),
  people: routesIn(people),
  episodes: [...routesIn(ofEpisodes), ...routesIn(episodeLists)],
  "episode-commands": routesIn(commands),
  tasks: routesIn(tasks),
  escalations: routesIn(escalations),
  sessions: routesIn(sessions),
  tables: routesIn(tables),
  messages: routesIn(messages),
} as const;

/**
 * Every route of the API. A route that is exported by its subject's file is in the table; nothing is answered
 * that is not here.
 */
export const apiRoutes: readonly ApiRoute[] = Object.values(apiSubjects).flat();

function routesIn(subject: object): readonly ApiRoute[] {
  return Object.values(subject).filter(isRoute);
}

function isRoute(exported: object): exported is ApiRoute {
  return "method" in exported && "path" in exported && "answer" in exported;
}
