import * as kernel from '@tichet-albastru/kernel/personal-text';

export {
  type ClearText,
  type EncryptedText,
  isClear,
  isPersonalText,
  isSameSeal,
  type PersonalText,
  type WithTexts,
} from '@tichet-albastru/kernel/personal-text';

/**
 * Which key seals a personal field. Each key belongs to one stream, so its name is `<kind>:<stream>`.
 * - `contact`: who the citizen is and how to reach them (destroyed by `forget`)
 * - `record`: the conclusions of the meeting, an archive document (destroyed under a minute of the selection commission only, `ConclusionsErased`)
 * - `name`: the registered applicant and the subject of a request (destroyed by `forget REQUEST`)
 * - `staff`: a civil servant's name, address and reasons of absence
 * - `reader`: which official was shown personal data, for one person and day (destroyed by retention)
 * - `office`: what an official wrote about the case (reasons of a late admission, of an erasure)
 */
export type PersonalKeyKind = 'contact' | 'record' | 'name' | 'staff' | 'office' | 'reader';

export const personal: (keyKind: PersonalKeyKind, clear: string, keyStream?: string) => kernel.ClearText = kernel.personal;
