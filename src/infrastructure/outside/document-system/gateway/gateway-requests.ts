import type { AskedRegister, RequestReading } from '../../../../application/kernel/ports/document-register';
import type { PeerAnswer } from '../../http-client/peer';
import type { Gateway } from './gateway';
import { toldRequestOf } from './told-request';

const readingOf = async ({ status, headers, body }: PeerAnswer, sentEtag: string | undefined): Promise<RequestReading> => {
  switch (status) {
    case 200:
      return toldRequestOf(body, headers['etag']);
    case 304:
      return sentEtag === undefined ? { kind: 'unusable', field: 'status' } : { kind: 'unchanged' };
    case 404:
      return { kind: 'no-such-request' };
    default:
      return { kind: 'unusable', field: 'status' };
  }
};

/** Requests as the gateway tells them. Both questions change nothing there, so both may be asked again. */
export const gatewayRequests = (
  gateway: Gateway,
  { freshMinutes, pollMinutes }: { readonly freshMinutes: number; readonly pollMinutes: number },
): AskedRegister => ({
  kind: 'asked',
  freshMinutes,
  pollMinutes,
  verify: async ({ number, filedOn, applicantName }) =>
    readingOf(
      await gateway.ask({
        operation: 'verify-request',
        method: 'POST',
        path: '/requests/verify',
        body: JSON.stringify({ number, filedOn, applicantName }),
        mayRepeat: true,
      }),
      undefined,
    ),
  read: async ({ number, filedOn }, etag) =>
    readingOf(
      await gateway.ask({
        operation: 'read-request',
        method: 'GET',
        path: `/requests/${number}/${filedOn}`,
        ...(etag === undefined ? {} : { headers: { 'if-none-match': etag } }),
        mayRepeat: true,
      }),
      etag,
    ),
});
