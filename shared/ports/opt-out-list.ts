/** The provider's own list of numbers that it sends no text to: a second lock behind the contact point. */
export interface OptOutList {
  /** @param phone - E.164; adding a listed number again changes nothing */
  add(phone: string): Promise<void>;
  /** @param phone - E.164; removing a number that is not listed changes nothing */
  remove(phone: string): Promise<void>;
}
