import { randomBytes } from 'node:crypto';
import type { Asker } from '../../../application/kernel/access';
import { forbiddenEffect } from '../../../application/kernel/permission';
import type { Ports } from '../../../application/kernel/ports/ports';
import type { Refusal } from '../../../domain/kernel/refusal';

const secretBytes = 32;
const byStaff = (staffId: string): string => `calendar-feed-of/${staffId}`;
const byTag = (tag: string): string => `calendar-feed/${tag}`;
const tagOf = ({ personalData }: Pick<Ports, 'personalData'>, secret: string): string => personalData.tag('calendar-feed', secret);

/** A new secret address for this person's feed; the old one dies. Only a tag of it is kept. */
export const renewFeed = async (
  ports: Pick<Ports, 'personalData' | 'operations'>,
  asker: Asker,
  staffId: string,
): Promise<string | Refusal> => {
  const forbidden = forbiddenEffect(asker, 'feed.renewed', { staffId });
  if (forbidden) return forbidden;
  const { keyValues } = ports.operations;
  const secret = randomBytes(secretBytes).toString('base64url');
  const tag = tagOf(ports, secret);
  const old = await keyValues.get(byStaff(staffId));
  if (old !== undefined) await keyValues.remove(byTag(old));
  await keyValues.put(byTag(tag), staffId);
  await keyValues.put(byStaff(staffId), tag);
  return secret;
};

/** Ends the feed: its address opens nothing any more. */
export const revokeFeed = async (
  { operations: { keyValues } }: Pick<Ports, 'operations'>,
  asker: Asker,
  staffId: string,
): Promise<Refusal | undefined> => {
  const forbidden = forbiddenEffect(asker, 'feed.ended', { staffId });
  if (forbidden) return forbidden;
  const tag = await keyValues.get(byStaff(staffId));
  await keyValues.remove(byStaff(staffId));
  if (tag !== undefined) await keyValues.remove(byTag(tag));
  return undefined;
};

/** Whose feed this secret opens; the person must still hold it. An address from before the keys were rotated goes on. */
export const feedOwner = async (ports: Pick<Ports, 'personalData' | 'operations'>, secret: string): Promise<string | undefined> => {
  const { keyValues } = ports.operations;
  const holderUnder = async (tag: string): Promise<string | undefined> => {
    const staffId = await keyValues.get(byTag(tag));
    return staffId !== undefined && (await keyValues.get(byStaff(staffId))) === tag ? staffId : undefined;
  };
  const tag = tagOf(ports, secret);
  const owner = await holderUnder(tag);
  if (owner !== undefined) return owner;
  for (const former of ports.personalData.formerTags('calendar-feed', secret)) {
    const before = await holderUnder(former);
    if (before === undefined) continue;
    await keyValues.put(byTag(tag), before);
    await keyValues.put(byStaff(before), tag);
    await keyValues.remove(byTag(former));
    return before;
  }
  return undefined;
};
