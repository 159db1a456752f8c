import { ownValue } from "../text/own-value.ts";

/** The states, the district and the territories of the USA, by their postal code (USPS Publication 28, appendix B). */
const names = {
  AL: "Alabama",
  AK: "Alaska",
  AZ: "Arizona",
  AR: "Arkansas",
  CA: "California",
  CO: "Colorado",
  CT: "Connecticut",
  DE: "Delaware",
  DC: "District of Columbia",
  FL: "Florida",
  GA: "Georgia",
  HI: "Hawaii",
  ID: "Idaho",
  IL: "Illinois",
  IN: "Indiana",
  IA: "Iowa",
  KS: "Kansas",
  KY: "Kentucky",
  LA: "Louisiana",
  ME: "Maine",
  MD: "Maryland",
  MA: "Massachusetts",
  MI: "Michigan",
  MN: "Minnesota",
  MS: "Mississippi",
  MO: "Missouri",
  MT: "Montana",
  NE: "Nebraska",
  NV: "Nevada",
  NH: "New Hampshire",
  NJ: "New Jersey",
  NM: "New Mexico",
  NY: "New York",
  NC: "North Carolina",
  ND: "North Dakota",
  OH: "Ohio",
  OK: "Oklahoma",
  OR: "Oregon",
  PA: "Pennsylvania",
  PR: "Puerto Rico",
  RI: "Rhode Island",
  SC: "South Carolina",
  SD: "South Dakota",
  TN: "Tennessee",
  TX: "Texas",
  UT: "Utah",
  VT: "Vermont",
  VA: "Virginia",
  WA: "Washington",
  WV: "West Virginia",
  WI: "Wisconsin",
  WY: "Wyoming",
  AS: "American Samoa",
  GU: "Guam",
  MP: "Northern Mariana Islands",
  VI: "U.S. Virgin Islands",
} as const satisfies Readonly<Record<string, string>>;

/** Their postal codes, in the order of their names; the territories last. */
export const usStates: readonly string[] = Object.keys(names);

/** The name of a state by its postal code; the code itself where it is none. */
export function stateName(code: string): string {
  return ownValue(names, code) ?? code;
}

/** Several states as they are said: "New Jersey and New York". */
export function stateNames(codes: readonly string[]): string {
  const said = codes.map(stateName);
  return said.length < 2
    ? (said[0] ?? "")
    : `${said.slice(0, -1).join(", ")} and ${said.at(-1) ?? ""}`;
}
