import type { Clock } from "../../shared/ports/clock.ts";
import type { Logger } from "../../shared/ports/logger.ts";
import type { SignIn, VerifyToken } from "../../shared/ports/sign-in.ts";
import type { CareDeps } from "../../shared/store/care-deps.ts";

export type StaffSiteDeps = CareDeps & {
  readonly logger: Logger;
  /** Where the pages are reached, without a slash at the end. */
  readonly publicOrigin: string;
  readonly signIn: SignIn;
  readonly verifyToken: VerifyToken;
  /** The clock of sign-ins: real time, also where care runs on a clock that can be moved. */
  readonly sessionClock: Clock;
  /** How long nobody may have worked before a session is over, in minutes. */
  readonly idleMinutes: number;
  /** How long a session lasts at most, in hours. */
  readonly maxSessionHours: number;
};
