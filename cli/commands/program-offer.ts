import * as z from "zod";
import { openApi, serverOptions } from "../api-client.ts";
import { CalledWrongly, type Command, type Input, type Outcome, textOption } from "../command.ts";

export const programOfferCommands: readonly Command[] = [
  {
    name: "program offer",
    summary: "offer a published program at a site, so that people can be referred to it there",
    args: [{ name: "<program>", words: "the program's id, such as adult-iop" }],
    options: [
      ...serverOptions.slice(0, 2),
      { flags: "--site <id>", words: "the site that offers it, such as riverside" },
      {
        flags: "--no-longer",
        words: "offer it there no longer: nobody new is referred to it, who is in it stays in it",
      },
    ],
    run: offer,
  },
];

const siteSchema = z.looseObject({ programs: z.array(z.string()) });

/** What a site offers is a part of its live data: all of it is read, and given back with the one list changed. */
async function offer(input: Input): Promise<Outcome> {
  const [programId = ""] = input.args;
  const siteId = textOption(input, "site");
  if (siteId === undefined)
    throw new CalledWrongly("Say which site offers it, such as --site riverside.");
  const isEnd = input.options.longer === false;
  const api = await openApi(input, "clinical-lead");
  const path = `/sites/${encodeURIComponent(siteId)}`;
  const site = siteSchema.parse(await api.get(path));
  const isOffered = site.programs.includes(programId);
  const said = (isChanged: boolean, programs: readonly string[], text: string): Outcome => ({
    exitCode: 0,
    json: { siteId, programId, isChanged, programs },
    text,
  });
  if (isOffered !== isEnd)
    return said(
      false,
      site.programs,
      isEnd
        ? `${siteId} does not offer ${programId}. Nothing was changed.`
        : `${siteId} offers ${programId} already. Nothing was changed.`,
    );
  const programs = isEnd
    ? site.programs.filter((one) => one !== programId)
    : [...site.programs, programId];
  const changed = siteSchema.parse(await api.put(path, { ...site, programs }));
  return said(
    true,
    changed.programs,
    isEnd
      ? `${siteId} offers ${programId} no longer. Who is in it stays in it.`
      : `${siteId} offers ${programId} from now on.`,
  );
}
