import { hash } from 'node:crypto';

/** 32 bytes of SHA-256: a leaf, or a node above leaves. */
export type NodeHash = Buffer;

export const bytesOfAHash = 32;
const leafPrefix = 0x00;
const nodePrefix = 0x01;
/** Used again for each: taking memory costs as much as the hash. */
const leafInput = Buffer.allocUnsafeSlow(1 + bytesOfAHash);
const nodeInput = Buffer.allocUnsafeSlow(1 + 2 * bytesOfAHash);
leafInput[0] = leafPrefix;
nodeInput[0] = nodePrefix;

/** RFC 6962, 2.1: the hash of an event, its 64 digits read as 32 bytes, as a leaf. */
export const leafHash = (eventHash: string): NodeHash => {
  if (leafInput.write(eventHash, 1, 'hex') !== bytesOfAHash) throw new TypeError('The hash of an event has 64 hexadecimal digits.');
  return hash('sha256', leafInput, 'buffer');
};

/** RFC 6962, 2.1: another prefix than a leaf's, so that no node can be passed off as a leaf. */
export const nodeHash = (left: NodeHash, right: NodeHash): NodeHash => {
  left.copy(nodeInput, 1);
  right.copy(nodeInput, 1 + bytesOfAHash);
  return hash('sha256', nodeInput, 'buffer');
};

/** RFC 6962, 2.1: of no leaves. */
export const emptyRoot: NodeHash = hash('sha256', Buffer.alloc(0), 'buffer');
