// breaks: aws-sdk-in-adapters-only, services-use-ports
export { SFNClient } from "@aws-sdk/client-sfn";
