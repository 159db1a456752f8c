import type { Site } from "../../../shared/care/program/site.ts";
import type { Language } from "../../../shared/web/texts/language.ts";
import { hoursLabel } from "../texts/words.ts";
import { Phone } from "./crisis.tsx";

/** How to reach people: each site's neutral name, number and hours. */
export function SiteContacts({
  sites,
  language,
}: {
  readonly sites: readonly Site[];
  readonly language: Language;
}) {
  return (
    <dl class="facts">
      {sites.map((site) => (
        <>
          <dt>{site.senderName}</dt>
          <dd>
            <Phone number={site.phone} />
            {hoursLabel(site, language).map((line) => (
              <>
                <br />
                {line}
              </>
            ))}
          </dd>
        </>
      ))}
    </dl>
  );
}
