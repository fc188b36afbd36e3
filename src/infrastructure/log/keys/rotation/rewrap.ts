import type { KeyEpoch } from '@tichet-albastru/event-log/keys/key-epoch';
import {
  calendarKeyOf,
  derivedFrom,
  endedPurposes,
  formerKeyNames,
  lastingPurposes,
  type Purpose,
  purposeKeyName,
  purposes,
} from '../purpose-keys';
import { randomBytes } from 'node:crypto';
import { isSecretOfTicket } from '../ticket-secrets';
import { openBytes, encryptBytes, wrappingKeyOf } from '@tichet-albastru/event-log/keys/encrypting';

/** From one master key to the next. */
export type MasterKeyChange = {
  readonly from: Buffer;
  readonly to: Buffer;
  /** the epoch that begins */
  readonly epoch: number;
  /** of local tokens, where there is one: addresses of calendars were encrypted with what is derived from it */
  readonly tokenKey?: Uint8Array;
};

/** A key store whose keys can be wrapped anew. */
export type RewrappedStore = {
  /** `undefined` where none was noted yet */
  epoch(): Promise<KeyEpoch | undefined>;
  /**
   * Wraps every living key with the new master key, replaces those that prove something by new ones, and notes the new epoch: all of it in
   * one transaction, durable when it answers.
   * @param onKeys hears how many of how many keys are wrapped
   * @returns living keys
   * @throws KeyUnusable when the old master key is not the one; nothing has changed then
   */
  rewrap(change: MasterKeyChange, onKeys: (done: number, total: number) => void): Promise<number>;
  /** Takes what is left of the old wrapped keys out of the files; again at every start of the service. */
  sweep(): Promise<void>;
};

export type Rewrapping = (name: string, wrapped: Buffer) => Buffer;

export const rewrapping = ({ from, to }: MasterKeyChange): Rewrapping => {
  const [old, next] = [wrappingKeyOf(from), wrappingKeyOf(to)];
  return (name, wrapped) => {
    const key = openBytes(old, wrapped, name);
    // the secret of a ticket opens it: whoever copied it must not go on with it
    return encryptBytes(next, isSecretOfTicket(name) ? randomBytes(key.length) : key, name);
  };
};

/** Keys that a rotation does not wrap anew: it puts others in their place, or none. */
export const replacedNames: readonly string[] = [
  ...[...purposes, ...endedPurposes].map(purposeKeyName),
  ...lastingPurposes.flatMap(formerKeyNames),
];

/**
 * New keys for every purpose, so that nobody proves anything with a copy of the old ones; beside them the old ones of what lasts longer than
 * an epoch, which only open: those of earlier rotations too, since nobody knows here whether the service has run since.
 * @param standing the wrapped keys that there are of `replacedNames`
 */
export const purposeKeysAfter = (
  { from, to, tokenKey }: MasterKeyChange,
  standing: ReadonlyMap<string, Buffer>,
): readonly { readonly name: string; readonly wrapped: Buffer }[] => {
  const [old, next] = [wrappingKeyOf(from), wrappingKeyOf(to)];
  const named = (name: string): Buffer | undefined => {
    const wrapped = standing.get(name);
    return wrapped && openBytes(old, wrapped, name);
  };
  const first = (purpose: Purpose): Buffer | undefined =>
    purpose === 'absence-calendar' ? tokenKey && calendarKeyOf(tokenKey) : derivedFrom(from)(purpose);
  const made = purposes.map((purpose) => ({ name: purposeKeyName(purpose), key: randomBytes(32) }));
  const former = lastingPurposes.flatMap((purpose) => {
    const names = formerKeyNames(purpose);
    const keys = [named(purposeKeyName(purpose)) ?? first(purpose), ...names.map(named)].flatMap((key) => key ?? []);
    return names.flatMap((name, place) => keys.slice(place, place + 1).map((key) => ({ name, key })));
  });
  return [...made, ...former].map(({ name, key }) => ({ name, wrapped: encryptBytes(next, key, name) }));
};
