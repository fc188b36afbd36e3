import type { Ports } from '../../../application/kernel/ports/ports';
import { openIfFitting, sealText } from '@tichet-albastru/event-log/keys/encrypting';
import { forgetStatus } from './status';

const nameOf = (staffId: string): string => `absence-calendar/${staffId}`;

/** The private addresses at which civil servants let their calendars be read: an address opens the whole calendar, so each is sealed. */
export type FollowedCalendars = {
  put(staffId: string, address: string): Promise<void>;
  /** `lost`: there is one, but not under the key of this installation */
  get(staffId: string): Promise<{ readonly address: string } | 'none' | 'lost'>;
  remove(staffId: string): Promise<void>;
};

/** @param former the keys of before the keys were rotated, the newest first: what one of them opens is put under the present one */
export const followedCalendars = (ports: Pick<Ports, 'operations'>, key: Buffer, former: readonly Buffer[] = []): FollowedCalendars => {
  const { keyValues } = ports.operations;
  const keep = (staffId: string, address: string): Promise<void> =>
    keyValues.put(nameOf(staffId), sealText(key, address, nameOf(staffId)).toString('base64'));
  const opened = (staffId: string, sealed: string, by: Buffer): string | undefined =>
    openIfFitting(by, Buffer.from(sealed, 'base64'), nameOf(staffId))?.toString();
  return {
    put: async (staffId, address) => {
      await forgetStatus(ports, 'address', staffId);
      await keep(staffId, address);
    },
    get: async (staffId) => {
      const sealed = await keyValues.get(nameOf(staffId));
      if (sealed === undefined) return 'none';
      const address = opened(staffId, sealed, key);
      if (address !== undefined) return { address };
      for (const by of former) {
        const before = opened(staffId, sealed, by);
        if (before === undefined) continue;
        await keep(staffId, before);
        return { address: before };
      }
      return 'lost';
    },
    remove: async (staffId) => {
      await keyValues.remove(nameOf(staffId));
      await forgetStatus(ports, 'address', staffId);
    },
  };
};
