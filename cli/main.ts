import { Command as CommanderCommand, CommanderError } from "commander";
import { CalledWrongly, type Command, type ExitCode, type Io, NotDone } from "./command.ts";
import { commandsFor } from "./commands.ts";

/** The outside as it really is. */
function realIo(): Io {
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    env: process.env,
    cwd: process.cwd(),
    fetch,
    isColored: process.stdout.isTTY === true && (process.env.NO_COLOR ?? "") === "",
  };
}

/**
 * Runs one call of the command and never throws: whatever goes wrong is a sentence on stderr.
 * @param argv - the words after `throughcare`
 * @returns 0 done, 1 found something wrong, 2 called wrongly
 */
export async function runThroughcare(
  argv: readonly string[],
  io: Io = realIo(),
): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  try {
    const program = createProgram(io, await commandsFor(argv), (code) => {
      exitCode = code;
    });
    await program.parseAsync([...argv], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    io.err(`throughcare: ${error instanceof Error ? error.message : String(error)}\n`);
    if (!(error instanceof CalledWrongly) && !(error instanceof NotDone) && isDebugging(io))
      io.err(`${error instanceof Error ? error.stack : ""}\n`);
    return error instanceof CalledWrongly ? 2 : 1;
  }
}

function isDebugging(io: Io): boolean {
  return (io.env.THROUGHCARE_DEBUG ?? "") !== "";
}

function createProgram(
  io: Io,
  commands: readonly Command[],
  setExitCode: (code: ExitCode) => void,
): CommanderCommand {
  const root = settled(new CommanderCommand("throughcare"), io).description(
    "Checks and publishes programs, looks after participants and keeps the system well.",
  );
  const groups = new Map<string, CommanderCommand>();
  for (const command of commands) {
    const [first = "", second] = command.name.split(" ");
    const parent = second === undefined ? root : (groups.get(first) ?? addGroup(root, first, io));
    if (second !== undefined) groups.set(first, parent);
    add(parent, second ?? first, command, io, setExitCode);
  }
  return root;
}

/** Throws instead of ending the process, and writes through `io`. */
function settled(command: CommanderCommand, io: Io): CommanderCommand {
  return command
    .exitOverride()
    .showHelpAfterError("(--help says how it is called)")
    .configureOutput({
      writeOut: io.out,
      writeErr: io.err,
      getOutHasColors: () => io.isColored,
      getErrHasColors: () => io.isColored,
    });
}

const groupLabels: Readonly<Record<string, string>> = {
  program: "care as data",
  participant: "people and where they are on the pathway",
  alerts: "safety alerts",
  messages: "emails and texts",
  table: "people, schedule and attendance as files for spreadsheets, out and in",
};

function addGroup(root: CommanderCommand, name: string, io: Io): CommanderCommand {
  return settled(root.command(name), io).description(groupLabels[name] ?? "");
}

function add(
  parent: CommanderCommand,
  name: string,
  command: Command,
  io: Io,
  setExitCode: (code: ExitCode) => void,
): void {
  const made = settled(parent.command(name), io)
    .description(command.summary)
    .option("--json", "answer as JSON");
  for (const argument of command.args ?? []) made.argument(argument.name, argument.words);
  for (const option of command.options ?? []) made.option(option.flags, option.words);
  made.action(async () => {
    const options = made.opts<Record<string, string | boolean>>();
    const outcome = await command.run({ args: made.args, options, io });
    const json = `${JSON.stringify(outcome.json, undefined, 2)}\n`;
    const text = outcome.text === "" || outcome.text.endsWith("\n") ? "" : "\n";
    io.out(options.json === true ? json : `${outcome.text}${text}`);
    setExitCode(outcome.exitCode);
  });
}
