import { hash } from 'node:crypto';
import type { Hash } from '../ports/event-store';

const bytesOfALength = 4;
/** No character takes more in UTF-8. */
const mostBytesOfACharacter = 3;
/** Large enough for nearly every event, used again for each: taking memory costs as much as the hash. */
const usual = Buffer.allocUnsafeSlow(64 * 1024);

/**
 * SHA-256 of "TA1" ‖ logical stream ‖ revision ‖ id ‖ body bytes, each part preceded by its length in bytes
 * (four bytes, big-endian); the revision is written in decimal. The position does not enter: a copied log keeps its hashes.
 */
export const hashEvent = (event: {
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly body: string;
}): Hash => {
  const parts = ['TA1', event.stream, String(event.revision), event.id, event.body];
  let most = 0;
  for (const part of parts) most += bytesOfALength + mostBytesOfACharacter * part.length;
  const bytes = most <= usual.length ? usual : Buffer.allocUnsafe(most);
  let at = 0;
  for (const part of parts) {
    const written = bytes.write(part, at + bytesOfALength);
    bytes.writeUInt32BE(written, at);
    at += bytesOfALength + written;
  }
  return hash('sha256', bytes.subarray(0, at));
};
