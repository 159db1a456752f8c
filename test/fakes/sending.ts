import type { Episode } from "../../shared/care/episode/episode.ts";
import type { Message } from "../../shared/care/episode/message.ts";
import { keys } from "../../shared/keys/keys.ts";
import type { OutgoingMessage, SendOutcome } from "../../shared/ports/message-sender.ts";
import type { Store, StoredItem, WriteOperation } from "../../shared/ports/store.ts";
import { sendOneMessage } from "../../shared/sending/send-one-message.ts";
import { buildMessage } from "../builders/message.ts";
import { episodeId, tuesdayMorning } from "../builders/state.ts";
import { personAt, StaffWorld } from "./staff-world.ts";

const quiet = { info: () => {}, warn: () => {}, error: () => {} };
const link = { linkId: "01JHTESTLINK00000000000000" } as const;

/** One message, its provider, and what others do between the gate and the claim. */
export class Sending {
  readonly sent: OutgoingMessage[] = [];
  outcome: SendOutcome = { outcome: "accepted", providerMessageId: "p-1" };
  readonly #world: StaffWorld;
  readonly #message: Message;

  private constructor(world: StaffWorld, message: Message) {
    this.#world = world;
    this.#message = message;
  }

  static async of(
    about: {
      readonly now?: string;
      readonly episode?: Partial<Episode>;
      /** They referred themself and nobody has met them yet. */
      readonly isUnknown?: boolean;
    } & Partial<Message> = {},
  ): Promise<Sending> {
    const { now = tuesdayMorning, episode = {}, isUnknown = false, ...message } = about;
    const world = await StaffWorld.create(now);
    // A step that caps hold, in the shortest words that there are.
    const planned = buildMessage({ step: "measures", ...link, sendAt: now, ...message });
    await world.add({
      episode: personAt("riverside", {
        status: "active",
        ...(isUnknown ? {} : { admittedOn: "2027-01-04" }),
        ...episode,
      }),
      items: [planned],
    });
    return new Sending(world, planned);
  }

  get store() {
    return this.#world.store;
  }

  get deps() {
    return this.#world.deps;
  }

  /**
   * Sends the message, while others act between what the gate read and the claim.
   * @param howOften - before the first claim alone, or before each
   */
  async send(
    meanwhile: () => Promise<void> = async () => {},
    howOften: "once" | "always" = "once",
  ): Promise<string> {
    let isFirst = true;
    const isClaim = (operation: WriteOperation) =>
      "put" in operation && operation.put.item.status === "CLAIMED";
    const { store } = this;
    const watched: Store = {
      get: (...asked) => store.get(...asked),
      getMany: (...asked) => store.getMany(...asked),
      query: (...asked) => store.query(...asked),
      queryIndex: (...asked) => store.queryIndex(...asked),
      transact: async (operations) => {
        if ((isFirst || howOften === "always") && operations.some(isClaim)) {
          isFirst = false;
          await meanwhile();
        }
        await store.transact(operations);
      },
    };
    return sendOneMessage(
      {
        ...this.#world.deps,
        store: watched,
        logger: quiet,
        publicOrigin: "https://care.example.org",
        sender: {
          send: async (message) => {
            this.sent.push(message);
            return this.outcome;
          },
        },
      },
      episodeId,
      this.#message.sk,
    );
  }

  async change(key: { readonly pk: string; readonly sk: string }, fields: object): Promise<void> {
    const item = await this.store.get("care", key.pk, key.sk);
    if (item === undefined) throw new Error(`There is no ${key.pk} ${key.sk}`);
    const version = typeof item.version === "number" ? item.version + 1 : undefined;
    await this.#world.put({ ...item, ...(version === undefined ? {} : { version }), ...fields });
  }

  /** What others have been sent until now. */
  async counted(owner: string, period: string, count: number): Promise<void> {
    await this.#world.put({
      ...keys.ledger(owner, period),
      schemaVersion: 1,
      kind: "ledger",
      count,
    });
  }

  async message(): Promise<StoredItem | undefined> {
    return this.#world.item(episodeId, this.#message.sk);
  }

  /** What is counted, by whose it is and for which period. */
  counts(): Readonly<Record<string, unknown>> {
    return Object.fromEntries(
      this.store
        .all("care")
        .filter(({ kind }) => kind === "ledger")
        .map((item) => [`${item.pk.replace("LEDGER#", "")} ${item.sk}`, item.count]),
    );
  }
}
