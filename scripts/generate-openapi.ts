/** Writes functions/staff-api/openapi.json from the schemas that check the calls. */
import { writeFileSync } from "node:fs";
import { describeApi } from "./openapi/describe-api.ts";

const file = new URL("../functions/staff-api/openapi.json", import.meta.url);
const document = describeApi();
writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`);
console.log(`Wrote ${Object.keys(document.paths ?? {}).length} addresses.`);
