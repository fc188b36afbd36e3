import type { Ports } from '../../../application/kernel/ports/ports';
import { encryptBytes, keyFor, openIfFitting } from '../../log/keys/encrypting';
import { forgetStatus } from './status';

const nameOf = (staffId: string): string => `absence-calendar/${staffId}`;

/** The private addresses at which civil servants let their calendars be read: whoever has one reads all of it, so each is sealed. */
export type FollowedCalendars = {
  put(staffId: string, address: string): Promise<void>;
  /** `lost`: there is one, but not under the key of this installation */
  get(staffId: string): Promise<{ readonly address: string } | 'none' | 'lost'>;
  remove(staffId: string): Promise<void>;
};

export const followedCalendars = (ports: Pick<Ports, 'operations'>, tokenKey: Uint8Array): FollowedCalendars => {
  const { keyValues } = ports.operations;
  const key = keyFor('absence-calendar', tokenKey);
  return {
    put: async (staffId, address) => {
      await forgetStatus(ports, 'address', staffId);
      await keyValues.put(nameOf(staffId), encryptBytes(key, Buffer.from(address), nameOf(staffId)).toString('base64'));
    },
    get: async (staffId) => {
      const sealed = await keyValues.get(nameOf(staffId));
      if (sealed === undefined) return 'none';
      const opened = openIfFitting(key, Buffer.from(sealed, 'base64'), nameOf(staffId));
      return opened === undefined ? 'lost' : { address: opened.toString() };
    },
    remove: async (staffId) => {
      await keyValues.remove(nameOf(staffId));
      await forgetStatus(ports, 'address', staffId);
    },
  };
};
