import type { Command } from "./command.ts";
import { alertCommands } from "./commands/alerts.ts";
import { costCommands } from "./commands/cost.ts";
import { demoCommands } from "./commands/demo.ts";
import { doctorCommands } from "./commands/doctor.ts";
import { messageCommands } from "./commands/messages.ts";
import { participantCommands } from "./commands/participants.ts";
import { programCheckCommands } from "./commands/program-check.ts";
import { programDiffCommands } from "./commands/program-diff.ts";

import { programMigrateCommands } from "./commands/program-migrate.ts";
import { programPreviewCommands } from "./commands/program-preview.ts";
import { programPublishCommands } from "./commands/program-publish.ts";
import { programSimulateCommands } from "./commands/program-simulate.ts";
import { programVersionsCommands } from "./commands/program-versions.ts";
import { signInCommands } from "./commands/sign-in.ts";
import { tableCommands } from "./commands/tables.ts";

/** Every command, in the order in which help lists them. A new one is one more line here. */
export const commands: readonly Command[] = [
  ...signInCommands,
  ...programCheckCommands,
  ...programPublishCommands,
  ...programVersionsCommands,
  ...programPreviewCommands,
  ...programDiffCommands,
  ...programSimulateCommands,
  ...programMigrateCommands,
  ...participantCommands,
  ...alertCommands,
  ...messageCommands,
  ...tableCommands,
  ...doctorCommands,
  ...costCommands,
  ...demoCommands,
];
