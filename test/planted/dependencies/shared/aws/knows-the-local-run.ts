// breaks: nothing-imports-test-local-cli, aws-stays-below-functions
export { dependencies } from "../../local/main.ts";
