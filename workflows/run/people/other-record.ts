import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { Profile } from "../../../shared/store/person-items.ts";
import type { RecordedMedicine } from "../../../shared/store/read-medicines.ts";
import type { Referral } from "../../../shared/store/read-referral.ts";
import type { RecordedRelease } from "../../../shared/store/read-releases.ts";

/** A new referral with all it says, of somebody who is on record already. */
export type NewReferral = {
  readonly episode: Episode;
  readonly profile: Profile | undefined;
  readonly referral: Referral | undefined;
  readonly phone: string | undefined;
  readonly email: string | undefined;
  /** Who may be told what, newest first, as it stands today. */
  readonly releases: readonly RecordedRelease[];
};

/** The record of somebody's earlier care, and what that knows about them. */
export type EarlierRecord = {
  readonly episode: Episode;
  readonly profile: Profile | undefined;
  readonly own: Profile | undefined;
  /** As they were recorded last there. */
  readonly medicines: readonly RecordedMedicine[];
  /** Who may be told what, newest first, as it stands today. */
  readonly releases: readonly RecordedRelease[];
};
