import type { SendOutcome } from "./message-sender.ts";

/** Pages to staff: a voice call and a text. At least once; doubles are fine. */
export interface Pager {
  text(page: {
    readonly to: string;
    readonly from: string;
    readonly body: string;
    readonly key: string;
  }): Promise<SendOutcome>;
  call(page: {
    readonly to: string;
    readonly from: string;
    readonly words: string;
    readonly key: string;
  }): Promise<SendOutcome>;
}
