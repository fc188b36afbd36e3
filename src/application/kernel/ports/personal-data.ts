import type { PersonalText } from '../../../domain/kernel/personal-text';

/** What stands where a person was erased. */
export const erasedMark = '[șters]';

/** Stands for the name of a person who asked that their data be kept and not used (GDPR 18). */
export const restrictedMark = '[restricționat]';

/** Opens sealed personal text for a reader who may see it. */
export type PersonalData = {
  /** The text in clear; `undefined` once its key is destroyed. @throws when the seal does not fit what it is bound to */
  open(text: PersonalText): Promise<string | undefined>;
  /** The same for a caller that only compares it, or checks whether it is still there: it is shown to no reader. */
  openUnseen(text: PersonalText): Promise<string | undefined>;
  /** Destroys these keys (`<kind>:<stream>`) for ever, durably, before it answers. Unknown keys are no error. */
  destroy(keys: readonly string[]): Promise<void>;
  /** The same for what was given for a ticket; its manage token opens nothing any more. */
  destroyTicket(ticketId: string): Promise<void>;
  /**
   * A keyed hash for comparing without keeping: the same text gives the same tag in this installation only.
   * `purpose` separates uses (`email-cap`, `lookup-throttle`, …).
   */
  tag(purpose: string, text: string): string;
  /** As it was before the keys were rotated, the newest first: what is kept under one of them is put under the present one. */
  formerTags(purpose: string, text: string): readonly string[];
  /** So many digits of chance (A9); each time others. */
  randomCode(digits: number): string;
  /** Compared in constant time. */
  areSame(one: string, other: string): boolean;
  /** The citizen's manage token of a ticket: it rests on a secret of the ticket. @throws once the ticket is erased */
  manageToken(ticketId: string): Promise<string>;
  /** In constant time. */
  isManageToken(ticketId: string, token: string): Promise<boolean>;
};
