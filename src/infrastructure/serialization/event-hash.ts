import { hash } from 'node:crypto';
import type { Hash } from '../../application/ports/event-store';

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
  let size = 0;
  for (const part of parts) size += 4 + Buffer.byteLength(part);
  const bytes = Buffer.allocUnsafe(size);
  let at = 0;
  for (const part of parts) {
    const written = bytes.write(part, at + 4);
    bytes.writeUInt32BE(written, at);
    at += 4 + written;
  }
  return hash('sha256', bytes);
};
