/** Keyed hashes and seals. The keys never leave the adapter. */
export interface Secrets {
  /** HMAC of a phone number or address: the contact point's id. */
  contactPointId(address: string): string;
  /** The token that a link carries: the link's id and its seal. */
  sealLink(linkId: string): string;
  /** The link's id when the seal is right. */
  openLink(token: string): string | undefined;
  /** Encrypts and seals a value for a cookie or a form's hidden field, and opens it again. */
  sealValue(value: string): string;
  openValue(sealed: string): string | undefined;
  sha256(text: string): string;
  /** The code that opens a link on a clinic's tablet: eight letters and digits that nobody mixes up. */
  tabletCode(linkId: string): string;
  /** HMAC of such a code at its site: what is kept of it. */
  tabletCodeHash(siteId: string, code: string): string;
}
