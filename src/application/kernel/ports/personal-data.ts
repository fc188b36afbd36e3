import type { PersonalText } from '../../../domain/kernel/personal-text';

/** What stands where a person was erased. */
export const erasedMark = '[șters]';

/** Opens sealed personal text for somebody who may see it. */
export type PersonalData = {
  /** The text in clear; `undefined` once its key is destroyed. @throws when the seal does not fit what it is bound to */
  open(text: PersonalText): Promise<string | undefined>;
  /** Destroys these keys (`<kind>:<stream>`) for ever, durably, before it answers. Unknown keys are no error. */
  destroy(keys: readonly string[]): Promise<void>;
  /**
   * A keyed hash for comparing without keeping: the same text gives the same tag in this installation only.
   * `purpose` separates uses (`email-cap`, `lookup-throttle`, …).
   */
  tag(purpose: string, text: string): string;
  /** So many digits of chance (A9); each time others. */
  randomCode(digits: number): string;
  /** Compared in constant time. */
  areSame(one: string, other: string): boolean;
  /** The citizen's manage token of a ticket; nothing is stored. */
  manageToken(ticketId: string): string;
  /** In constant time. */
  isManageToken(ticketId: string, token: string): boolean;
};
