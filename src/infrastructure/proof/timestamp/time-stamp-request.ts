import { hash } from 'node:crypto';

/** What is asked of a time-stamping authority (RFC 3161, 2.4.1). */
export type TimeStampAsked = {
  /** SHA-256 of what is to be stamped */
  readonly imprint: Buffer;
  /** comes back in the answer, so that an old one cannot stand for it */
  readonly nonce: bigint;
};

export const sha256Oid = '2.16.840.1.101.3.4.2.1';
const nonceBytes = 8;

/** @param chance 8 bytes @param text the bytes that are stamped, as UTF-8 */
export const timeStampOf = (text: string, chance: Uint8Array): TimeStampAsked => {
  const nonce = BigInt.asUintN(nonceBytes * 8 - 1, BigInt(`0x${Buffer.from(chance).subarray(0, nonceBytes).toString('hex')}`));
  return { imprint: hash('sha256', text, 'buffer'), nonce };
};

/** TimeStampReq in DER; the certificate of whoever signs is asked for with the answer. */
export const timeStampRequest = async ({ imprint, nonce }: TimeStampAsked): Promise<Buffer> => {
  const [{ AlgorithmIdentifier, MessageImprint, TimeStampReq }, { Integer, Null, OctetString }] = await Promise.all([
    import('pkijs'),
    import('asn1js'),
  ]);
  const request = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithmId: sha256Oid, algorithmParams: new Null() }),
      hashedMessage: new OctetString({ valueHex: Uint8Array.from(imprint).buffer }),
    }),
    nonce: Integer.fromBigInt(nonce),
    certReq: true,
  });
  return Buffer.from(request.toSchema().toBER());
};
