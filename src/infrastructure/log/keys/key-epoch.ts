import { KeyUnusable } from './key-store';
import { wrappingKeyOf } from './purpose-keys';
import { openIfFitting, encryptBytes } from './encrypting';

/**
 * Which master key wrapped the keys of a store: its number, from 1 on and raised by every rotation, and a text sealed with it, which tells
 * whether a master key is the one.
 */
export type KeyEpoch = { readonly number: number; readonly sealed: Buffer };

const checkText = 'key-check';

export const keyEpoch = (masterKey: Buffer, number: number): KeyEpoch => ({
  number,
  sealed: encryptBytes(wrappingKeyOf(masterKey), Buffer.from(checkText), checkText),
});

export const isMasterKeyOf = ({ sealed }: KeyEpoch, masterKey: Buffer): boolean =>
  openIfFitting(wrappingKeyOf(masterKey), sealed, checkText) !== undefined;

/** @param where the keys are, as the administrator knows it */
export const wrongMasterKey = (epoch: number, where: { readonly ro: string; readonly en: string }): KeyUnusable =>
  new KeyUnusable(
    `Cheia principală nu este cea cu care au fost împachetate cheile din ${where.ro}: este nevoie de cea a epocii ${epoch}; puneți înapoi fișierul ei. / ` +
      `The master key is not the one that wrapped the keys in ${where.en}: that of epoch ${epoch} is needed; put back its file.`,
  );
