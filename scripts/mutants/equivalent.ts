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

const eitherOfOneInstant = "where both are one instant, either is it";
const onlySparesWork = "what is remembered spares work and changes no answer";

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
  {
    line: 'const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, nonceBytes), {',
    replacement: "{}",
    why: "the tag is cut to its sixteen bytes before; its length is said twice",
  },
  {
    line: "return linkId === undefined ? undefined : findLink(deps, linkId);",
    replacement: "false",
    why: "a forged token has no id, and nothing is kept under no id",
  },
  {
    line: 'const header = context.req.header("authorization") ?? "";',
    replacement: '"Stryker was here!"',
    why: "neither text names a token",
  },
  {
    line: 'const page = await store.queryIndex("byId", id, { limit: 5 });',
    replacement: "{}",
    why: "an id stands for one thing: a page of five and a whole page are the same",
  },
  {
    line: "if (schema === undefined) return { value: undefined as never };",
    replacement: "{}",
    why: "nothing is nothing, written out or not",
  },
  {
    line: '? { body: undefined as never, text: "" }',
    replacement: "{}",
    why: "what has no body has one text, whichever it is",
  },
  {
    line: '? { body: undefined as never, text: "" }',
    replacement: '"Stryker was here!"',
    why: "what has no body has one text, whichever it is",
  },
  {
    line: 'siteId: String(stored.siteId ?? ""),',
    replacement: '"Stryker was here!"',
    why: "neither text is a site's id: what belongs to no site is nobody's",
  },
  {
    line: "const [type, inner] = Object.entries(value ?? {})[0] ?? [];",
    replacement: '["Stryker was here"]',
    why: "what has no type has no value, whatever its type is called",
  },
  {
    line: ".toSorted(([one], [other]) => (one < other ? -1 : 1))",
    replacement: "one <= other",
    why: "no object has two fields of one name",
  },
  {
    line: "? Object.fromEntries(Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : 1)))",
    replacement: "left <= right",
    why: "no object has two fields of one name",
  },
  {
    line: 'keySet ??= createRemoteJWKSet(new URL((await input.discovery()).jwks_uri ?? ""));',
    replacement: '"Stryker was here!"',
    why: "neither text is an address, and both are refused",
  },
  {
    line: "next: ({ message }, from) => (from < message.sendAt ? message.sendAt : from),",
    replacement: "from <= message.sendAt",
    why: eitherOfOneInstant,
  },
  {
    line: "for (let round = 0; round < maxRounds; round += 1) {",
    replacement: "round <= maxRounds",
    why: "what a hundred rounds leave open comes months after the message makes sense, and is dropped either way",
  },
  {
    line: "return at !== undefined && at < input.message.expiresAt;",
    replacement: "true",
    why: "no instant is earlier than none",
  },
  {
    line: 'const item = state.items.get(String(run.data.escalationSk ?? ""));',
    replacement: '"Stryker was here!"',
    why: "nothing is kept under either text",
  },
  {
    line: 'if (task?.kind !== "task" || task.owed === undefined) return undefined;',
    replacement: "false",
    why: "work that is owed to nobody has no next step: it is left where it is a line later",
  },
  {
    line: '.filter((item): item is CareTask => item.kind === "task" && item.status === "open")',
    replacement: "true",
    why: "what is no task is no follow-up either",
  },
  {
    line: '(item) => item.kind === "escalation" && item.escalationId === escalationId,',
    replacement: "true",
    why: "nothing but an alert has an alert's id",
  },
  {
    line: 'if (alert === undefined || reviewAlert(state, run, ctx).outcome !== "next-tier")',
    replacement: "false",
    why: "an alert that is not there needs nothing, says the review",
  },
  {
    line: "return alert.contactDueAt > alert.tierEndsAt ? alert.contactDueAt : alert.tierEndsAt;",
    replacement: "alert.contactDueAt >= alert.tierEndsAt",
    why: eitherOfOneInstant,
  },
  {
    line: 'alert.status === "acknowledged" || alert.tierEndsAt > timeToCall',
    replacement: "alert.tierEndsAt >= timeToCall",
    why: eitherOfOneInstant,
  },
  {
    line: 'item.kind === "task" &&',
    replacement: "true",
    why: "nothing but a task has a kind of task",
  },
  {
    line: "if (isItem9 && concern.value !== undefined && assessed !== undefined) {",
    replacement: "true",
    why: "no number is lower than another",
  },
  {
    line: "const limit = endsAt !== undefined && endsAt < expiresAt ? endsAt : expiresAt;",
    replacement: "true",
    why: "no instant is earlier than none",
  },
  {
    line: "const limit = endsAt !== undefined && endsAt < expiresAt ? endsAt : expiresAt;",
    replacement: "endsAt <= expiresAt",
    why: eitherOfOneInstant,
  },
  {
    line: 'return isConsented(episode, message.channel, isFollowUp ? "aftercare" : "program")',
    replacement: '""',
    why: "whatever is not the follow-up is asked about alike",
  },
  {
    line: "const closed = closure.on === date ? closedSpan(closure, site.timeZone) : undefined;",
    replacement: "true",
    why: "hours of another day take nothing from this one",
  },
  {
    line: "{ from, to: to < closed.from ? to : closed.from },",
    replacement: "to <= closed.from",
    why: eitherOfOneInstant,
  },
  {
    line: "{ from: from > closed.to ? from : closed.to, to },",
    replacement: "from >= closed.to",
    why: eitherOfOneInstant,
  },
  {
    line: "if (span.to > instant) return span.from > instant ? span.from : instant;",
    replacement: "span.from >= instant",
    why: eitherOfOneInstant,
  },
  {
    line: "const from = span.from > instant ? span.from : instant;",
    replacement: "span.from >= instant",
    why: eitherOfOneInstant,
  },
  {
    line: "const start = span.from > from ? span.from : from;",
    replacement: "span.from >= from",
    why: eitherOfOneInstant,
  },
  {
    line: "return left > right ? left : right;",
    replacement: "left >= right",
    why: eitherOfOneInstant,
  },
  {
    line: "return left < right ? left : right;",
    replacement: "left <= right",
    why: eitherOfOneInstant,
  },
  {
    line: "const from = left.from > right.from ? left.from : right.from;",
    replacement: "left.from >= right.from",
    why: eitherOfOneInstant,
  },
  {
    line: "const to = left.to < right.to ? left.to : right.to;",
    replacement: "left.to <= right.to",
    why: eitherOfOneInstant,
  },
  {
    line: "if (opens >= instant && isInWindow(opens, window, timeZone)) return opens;",
    replacement: "opens > instant",
    why: "an instant at which the window opens is in it, and was found before",
  },
  {
    line: "if (buckets <= 1) return 0;",
    replacement: "buckets < 1",
    why: "whatever is left of a division by one is nothing",
  },
  {
    line: "if (spans !== undefined) {",
    replacement: "false",
    why: onlySparesWork,
  },
  {
    line: "if (spans !== undefined) {",
    replacement: "{}",
    why: onlySparesWork,
  },
  {
    line: "if (span.from <= epochMilliseconds && epochMilliseconds < span.to) return span.offset;",
    replacement: "span.from < epochMilliseconds",
    why: onlySparesWork,
  },
  {
    line: "if (spans === undefined) {",
    replacement: "true",
    why: onlySparesWork,
  },
  {
    line: "spans.unshift(found);",
    replacement: ";",
    why: onlySparesWork,
  },
  {
    line: "spansByZone.set(timeZone, spans);",
    replacement: ";",
    why: onlySparesWork,
  },
  {
    line: "spans = [];",
    replacement: '["Stryker was here"]',
    why: "what is no stretch of time holds no instant",
  },
  {
    line: "...(about === undefined ? {} : { about }),",
    replacement: "false",
    why: "an alert about nothing keeps nothing, written out or not",
  },
];
