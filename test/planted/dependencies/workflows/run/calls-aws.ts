// breaks: aws-sdk-in-adapters-only, workflows-run-through-ports
export { SFNClient } from "@aws-sdk/client-sfn";
