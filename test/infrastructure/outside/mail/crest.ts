import { crc32, deflateSync } from 'node:zlib';
import type { Letter } from '../../../../src/application/kernel/ports/mailer';
import { policiesWith } from '../../../../src/domain/policies';
import { createCorrespondence } from '../../../../src/infrastructure/outside/mail/correspondence';
import { type Crest, crestIn } from '../../../../src/infrastructure/outside/mail/crest';
import { from, type Kind, requestOf } from './letter-requests';

const chunk = (name: string, data: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(name), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
};

/** A grey picture of so many pixels. */
export const png = (width: number, height: number): Buffer => {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc((width + 1) * height, 90);
  for (let row = 0; row < height; row += 1) rows[row * (width + 1)] = 0;
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
};

const found = crestIn(png(32, 64).toString('base64'));
if (found === undefined) throw new Error('That is no PNG.');
export const crest: Crest = found;

export const withCrest = (kind: Kind, locale: 'ro' | 'en'): Letter =>
  createCorrespondence({ from, policies: policiesWith(), crest }).compose(requestOf(kind, locale));
