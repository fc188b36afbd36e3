import { defined } from './defined';

/**
 * Personal text on its way from a command into a fact; it never reaches a store in this shape.
 * `keyKind` says in a word of the procedure which key of a stream seals it. `keyStream` names the stream where that is not the fact's own.
 */
export type ClearText = { readonly clear: string; readonly keyKind: string; readonly keyStream?: string };

/** Personal text as stored and as projections carry it: opening needs the key and what the value is bound to. */
export type EncryptedText = {
  /** base64 of version ‖ nonce ‖ ciphertext of the padded text ‖ tag (AES-256-GCM); without version and padding where it is older */
  readonly sealed: string;
  /** `<kind>:<stream>` */
  readonly key: string;
  /** additional authenticated data: type ‖ version ‖ stream ‖ event id ‖ field, joined by U+001F */
  readonly bound: string;
};

export type PersonalText = ClearText | EncryptedText;

/** The same data with another type for each personal text of its own fields: as a person types or reads it, or before it is sealed. */
export type WithTexts<Data, Text> = { readonly [K in keyof Data]: Extract<Data[K], EncryptedText> extends never ? Data[K] : Text };

export const personal = (keyKind: string, clear: string, keyStream?: string): ClearText => ({
  clear,
  keyKind,
  ...defined({ keyStream }),
});

/** Whether some value of a fact or a state is personal text, sealed or not. */
export const isPersonalText = (value: unknown): value is PersonalText =>
  typeof value === 'object' &&
  value !== null &&
  (('sealed' in value && 'key' in value && 'bound' in value) || ('clear' in value && 'keyKind' in value));

export const isClear = (text: PersonalText): text is ClearText => 'clear' in text;

/** Whether both are one sealed text, which says the same without being opened. */
export const isSameSeal = (one: PersonalText, other: PersonalText): boolean =>
  !isClear(one) && !isClear(other) && one.sealed === other.sealed;
