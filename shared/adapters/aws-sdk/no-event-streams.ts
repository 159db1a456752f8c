/**
 * Stands in for `@smithy/core/event-streams` in every function bundle: no call of ours streams events, and the codec
 * would be 14 kB of each bundle.
 */
const refuse = (): never => {
  throw new Error("this bundle carries no event stream codec: no call that streams events is used");
};

/** Takes the place of the class that the protocol loads when an operation streams. */
export const EventStreamSerde = refuse;
/** Takes the place of the factory of that class. */
export const eventStreamSerdeProvider = refuse;

/** Clients that could stream call this when they are made: it must pass their configuration through. */
export function resolveEventStreamSerdeConfig<Config>(config: Config): Config {
  return config;
}
