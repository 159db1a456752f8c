import { listOf } from "../rules/template.ts";
import { publishedType } from "./resource-types.ts";
import type { StageView } from "./stage-view.ts";

/** The type of resource that a delivery source of logs is about, by the service in its ARN. */
const sourceTypes: Readonly<Record<string, string>> = {
  cloudfront: "AWS::CloudFront::Distribution",
};

/** Where a delivery of logs asks for a kind, a format or a field that AWS does not deliver. */
export function vendedLogFindings(view: StageView): readonly string[] {
  const sources = view.resources("AWS::Logs::DeliverySource");
  const destinations = view.resources("AWS::Logs::DeliveryDestination");
  return view.resources("AWS::Logs::Delivery").flatMap((delivery) => {
    const named = view.read(delivery, "DeliverySourceName");
    const source = sources.find((one) => view.read(one, "Name") === named);
    if (source === undefined) return [`${delivery.logicalId}: there is no source ${String(named)}`];
    const service = String(view.read(source, "ResourceArn")).split(":")[2] ?? "";
    const kind = view.read(source, "LogType");
    const published = publishedType(sourceTypes[service] ?? "")?.vendedLogs?.find(
      (one) => one.logType === kind,
    );
    if (published === undefined)
      return [`${source.logicalId}: ${service} delivers no ${String(kind)}`];
    const known = [...(published.mandatoryFields ?? []), ...(published.optionalFields ?? [])];
    const asked = listOf(view.read(delivery, "RecordFields")).map(String);
    const missing = (published.mandatoryFields ?? []).filter((field) => !asked.includes(field));
    const format = destinations
      .filter((one) => view.arn(one) === view.read(delivery, "DeliveryDestinationArn"))
      .map((one) => view.read(one, "OutputFormat"))[0];
    const formats = published.destinations.find(
      (one) => one.destinationType === "CWL",
    )?.outputFormats;
    return [
      ...asked
        .filter((field) => !known.includes(field))
        .map((field) => `${delivery.logicalId}: ${String(kind)} has no field ${field}`),
      ...missing.map((field) => `${delivery.logicalId}: ${field} cannot be left out`),
      ...(formats?.includes(String(format)) === true
        ? []
        : [`${delivery.logicalId}: logs cannot be written as ${String(format)}`]),
    ];
  });
}
