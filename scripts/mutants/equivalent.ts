/** A mutant that behaves as the original does, and why: nobody could see the difference. */
export type EquivalentMutant = {
  /** The line of the product, without the blanks around it. */
  readonly line: string;
  /** What the tool puts in the place of a piece of it. */
  readonly replacement: string;
  readonly why: string;
};

const onlyVerifyLeavesItOpen =
  "only a confirmation leaves an open number open, and that says its own notice";

export const equivalentMutants: readonly EquivalentMutant[] = [
  {
    line: 'if (from === "open" && to !== "open") return { type: "channel-closed", why };',
    replacement: "true",
    why: onlyVerifyLeavesItOpen,
  },
  {
    line: 'if (from === "open" && to !== "open") return { type: "channel-closed", why };',
    replacement: '""',
    why: onlyVerifyLeavesItOpen,
  },
  {
    line: 'if (from !== "open" && to === "open") return { type: "channel-reopened" };',
    replacement: "true",
    why: onlyVerifyLeavesItOpen,
  },
  {
    line: 'if (from !== "open" && to === "open") return { type: "channel-reopened" };',
    replacement: '""',
    why: onlyVerifyLeavesItOpen,
  },
  {
    line: 'const attributes = isStopConfirmation ? { version: contactPoint?.version } : { state: "open" };',
    replacement: "contactPoint.version",
    why: "the gate drops what goes to a number without a record before it is claimed",
  },
];
