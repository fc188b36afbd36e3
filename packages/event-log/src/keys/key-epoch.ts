import { inEnglish, type UnusableValues } from '../unusable';
import { KeyUnusable } from './key-store';
import { openIfFitting, encryptBytes, wrappingKeyOf } from './encrypting';

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

/** Says which epoch is needed, and the folder that the keys are in, or none where they are in the database. */
export class WrongMasterKey extends KeyUnusable {
  readonly reason = 'masterKey.other';
  readonly values: UnusableValues;
  constructor(epoch: number, folder?: string) {
    super(inEnglish('masterKey.other', { epoch, where: folder ?? 'the database' }));
    this.values = { epoch, ...(folder === undefined ? {} : { where: folder }) };
  }
}
