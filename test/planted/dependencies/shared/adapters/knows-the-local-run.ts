// breaks: nothing-imports-test-local-cli, adapters-stay-below-functions
export { dependencies } from "../../local/main.ts";
