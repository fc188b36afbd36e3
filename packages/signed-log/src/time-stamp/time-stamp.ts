import { defined } from '@tichet-albastru/kernel/defined';
import { fieldsOf, parsedJson } from '@tichet-albastru/kernel/json.codec';
import { hash } from 'node:crypto';
import type { Certificate, ContentInfo, SignedData, TSTInfo } from 'pkijs';

/** Of the authority, among those who keep checkpoints elsewhere. */
export const timeStampName = 'time-stamp';

/** The record `time-stamped`: the newest checkpoint that an authority has stamped. */
export type StoredTimeStamp = {
  /** word for word what was stamped */
  readonly note: string;
  /** TimeStampToken of RFC 3161, DER in base64 */
  readonly token: string;
  /** the moment that the authority claims */
  readonly at: string;
};

/** @returns `undefined` for what was never kept, or cannot be read */
export const storedTimeStamp = (text: string | undefined): StoredTimeStamp | undefined =>
  fieldsOf(parsedJson(text), { note: 'text', token: 'text', at: 'text' });

/** What is asked of a time-stamping authority (RFC 3161, 2.4.1). */
export type TimeStampRequest = {
  /** SHA-256 of what is to be stamped */
  readonly imprint: Buffer;
  /** comes back in the answer, so that an old one cannot stand for it */
  readonly nonce: bigint;
};

export const sha256Oid = '2.16.840.1.101.3.4.2.1';
const nonceBytes = 8;

/** @param chance 8 bytes @param text the bytes that are stamped, as UTF-8 */
export const timeStampOf = (text: string, chance: Uint8Array): TimeStampRequest => {
  const nonce = BigInt.asUintN(nonceBytes * 8 - 1, BigInt(`0x${Buffer.from(chance).subarray(0, nonceBytes).toString('hex')}`));
  return { imprint: hash('sha256', text, 'buffer'), nonce };
};

/** TimeStampReq in DER; it asks for the signer's certificate with the answer. */
export const timeStampRequest = async ({ imprint, nonce }: TimeStampRequest): Promise<Buffer> => {
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

/** Why an answer is no time stamp of what was asked. */
export type NotBelieved =
  | 'not-an-answer'
  | 'rejected'
  | 'no-token'
  | 'other-imprint'
  | 'other-nonce'
  | 'no-signature'
  | 'signature-wrong'
  | 'not-for-time-stamps'
  | 'chain-not-trusted';

/** `token`: the TimeStampToken in DER. `at`: the moment that the authority claims; ours is not asked. */
export type TimeStampRead =
  | { readonly kind: 'stamped'; readonly token: Buffer; readonly at: string }
  | { readonly kind: 'not-believed'; readonly reason: NotBelieved };

type Library = typeof import('pkijs');

const granted = 0;
const grantedWithChanges = 1;
const timeStampingOid = '1.3.6.1.5.5.7.3.8';

const notBelieved = (reason: NotBelieved): TimeStampRead => ({ kind: 'not-believed', reason });

const bytesOf = (buffer: Buffer): ArrayBuffer => Uint8Array.from(buffer).buffer;

const ofCertificates = (pem: string): readonly Buffer[] =>
  [...pem.matchAll(/-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/gu)].map(([, encoded = '']) =>
    Buffer.from(encoded, 'base64'),
  );

/** @param pem one certificate or more @returns `undefined` when one cannot be read, or there is none */
export const certificatesIn = async (pem: string): Promise<Certificate[] | undefined> => {
  const { Certificate: Read } = await import('pkijs');
  try {
    const certificates = ofCertificates(pem).map((der) => Read.fromBER(bytesOf(der)));
    return certificates.length === 0 ? undefined : certificates;
  } catch {
    return undefined;
  }
};

const signedIn = ({ SignedData: Signed, ContentInfo: Content }: Library, token: ContentInfo): SignedData | undefined => {
  if (token.contentType !== Content.SIGNED_DATA) return undefined;
  const content: unknown = token.content;
  return new Signed({ schema: content });
};

/** The one certificate that may have signed it says that it is for time stamps (RFC 3161, 2.3). */
const isForTimeStamps = ({ ExtKeyUsage, id_ExtKeyUsage: keyUses }: Library, signer: Certificate | null | undefined): boolean => {
  const parsed: unknown = signer?.extensions?.find(({ extnID }) => extnID === keyUses)?.parsedValue;
  return parsed instanceof ExtKeyUsage && parsed.keyPurposes.includes(timeStampingOid);
};

const judgeSignature = async (
  library: Library,
  signed: SignedData,
  data: ArrayBuffer,
  trusted: Certificate[] | undefined,
): Promise<NotBelieved | undefined> => {
  if (signed.signerInfos.length !== 1 || signed.certificates === undefined) return 'no-signature';
  const check = async (checkChain: boolean) =>
    signed.verify({
      signer: 0,
      data,
      extendedMode: true,
      checkChain,
      passedWhenNotRevValues: true,
      ...defined({ trustedCerts: trusted }),
    });
  try {
    const { signatureVerified, signerCertificate } = await check(false);
    if (signatureVerified !== true) return 'signature-wrong';
    if (!isForTimeStamps(library, signerCertificate)) return 'not-for-time-stamps';
  } catch {
    return 'signature-wrong';
  }
  if (trusted === undefined) return undefined;
  try {
    return (await check(true)).signerCertificateVerified === true ? undefined : 'chain-not-trusted';
  } catch {
    return 'chain-not-trusted';
  }
};

const judgeContent = ({ messageImprint, nonce }: TSTInfo, asked: TimeStampRequest): NotBelieved | undefined => {
  const { hashAlgorithm, hashedMessage } = messageImprint;
  const imprint = Buffer.from(hashedMessage.valueBlock.valueHexView);
  if (hashAlgorithm.algorithmId !== sha256Oid || !imprint.equals(asked.imprint)) return 'other-imprint';
  return nonce?.toBigInt() === asked.nonce ? undefined : 'other-nonce';
};

/**
 * A TimeStampResp in DER, looked at as RFC 3161, 2.4.2 asks: status, imprint, nonce, signature.
 * @param options.text the bytes that were to be stamped
 * @param options.trusted whom its chain must lead to; left out, the signature is checked under the certificate that came with it, which
 * says only that the answer is whole
 */
export const readTimeStamp = async (
  answer: Buffer,
  asked: TimeStampRequest,
  { text, trusted }: { readonly text: string; readonly trusted?: Certificate[] },
): Promise<TimeStampRead> => {
  const library = await import('pkijs');
  let read: InstanceType<Library['TimeStampResp']>;
  let signed: SignedData | undefined;
  let told: TSTInfo | undefined;
  let token: ContentInfo | undefined;
  try {
    read = library.TimeStampResp.fromBER(bytesOf(answer));
    const status: number = read.status.status;
    if (status !== granted && status !== grantedWithChanges) return notBelieved('rejected');
    token = read.timeStampToken;
    if (token === undefined) return notBelieved('no-token');
    signed = signedIn(library, token);
    const content = signed?.encapContentInfo;
    if (signed === undefined || content?.eContent === undefined || content.eContentType !== library.id_eContentType_TSTInfo)
      return notBelieved('no-token');
    told = library.TSTInfo.fromBER(content.eContent.getValue());
  } catch {
    return notBelieved('not-an-answer');
  }
  const wrong = judgeContent(told, asked) ?? (await judgeSignature(library, signed, bytesOf(Buffer.from(text)), trusted));
  if (wrong !== undefined) return notBelieved(wrong);
  return { kind: 'stamped', token: Buffer.from(token.toSchema().toBER()), at: told.genTime.toISOString() };
};
