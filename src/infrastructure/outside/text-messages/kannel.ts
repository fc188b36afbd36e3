import { createHmac, timingSafeEqual } from 'node:crypto';
import type { TextMessages } from '../../../application/kernel/ports/text-messages';
import { defined } from '@tichet-albastru/kernel/defined';
import type { HttpWatch } from '../../telemetry/metrics';
import { createHttpClient, type HttpLimits } from '../http-client/http-client';

/** Where Kannel's `sendsms` is asked, as whom, and where its reports come to. */
export type TextMessageSettings = {
  /** up to and without `?`: `https://sms.primaria.example/cgi-bin/sendsms` */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** as whom the message comes; left out, as the gateway says */
  readonly from?: string;
  /** at least 24 characters: of it each message has a proof of its own, which its report must bring */
  readonly reportSecret: string;
  /** where this service is for the gateway; no trailing slash */
  readonly reportUrl: string;
};

/** The gateway did not take the message now; another attempt may be. Never says to whom. */
class TextGatewayUnavailable extends Error {
  override readonly name = 'TextGatewayUnavailable';
}

/** 1 delivered, 2 not delivered, 16 refused by the centre: those that end the matter. */
const wantedReports = 1 + 2 + 16;
const proofLength = 32;

/** What Kannel puts into the place of `%d`, as a report; `undefined` for what is only on the way. */
export const reportOf = (status: string): 'delivered' | 'undelivered' | undefined => {
  if (status === '1') return 'delivered';
  return status === '2' || status === '16' ? 'undelivered' : undefined;
};

/** Kannel answers 202 with `0: Accepted for delivery` or `3: Queued for later delivery`, and 4xx with a sentence. */
const isTaken = (status: number, body: string): boolean => status === 202 && /^[03]\b/u.test(body.trim());
/** 4xx speaks of the message, or of who we are; a wrong password is mended by a person, and tried again until then. */
const isFinal = (status: number): boolean => status === 400 || status === 404 || status === 405;

/**
 * Text messages by Kannel's `sendsms`, and by other gateways with the same interface. Number and text go in headers and body of a POST, so
 * that they stand in no log of addresses. Reports of delivery come to `/api/v1/webhooks/text-messages/<message>/<proof>`.
 */
export const createKannel = (
  settings: TextMessageSettings,
  options: { readonly watch?: HttpWatch; readonly limits?: HttpLimits } = {},
): TextMessages & { close(): Promise<void> } => {
  const { url, user, password, from, reportSecret, reportUrl } = settings;
  const { origin, pathname } = new URL(url);
  const client = createHttpClient('text-messages', origin, defined(options));
  const proofOf = (messageId: string): string => createHmac('sha256', reportSecret).update(messageId).digest('hex').slice(0, proofLength);
  return {
    send: async ({ messageId, to, text }) => {
      const { status, body } = await client.ask({
        operation: 'send',
        method: 'POST',
        path: pathname,
        headers: {
          'content-type': 'text/plain; charset=UTF-8',
          'x-kannel-username': user,
          'x-kannel-password': password,
          'x-kannel-to': to,
          // letters like ș are in no seven-bit alphabet
          'x-kannel-coding': '2',
          'x-kannel-dlr-mask': String(wantedReports),
          'x-kannel-dlr-url': `${reportUrl}/api/v1/webhooks/text-messages/${messageId}/${proofOf(messageId)}?status=%d`,
          ...(from === undefined ? {} : { 'x-kannel-from': from }),
        },
        body: Buffer.from(text, 'utf8'),
        // a second one would be a second message on the citizen's telephone
        mayRepeat: false,
      });
      if (isTaken(status, body)) return { kind: 'accepted' };
      if (isFinal(status)) return { kind: 'refused', reason: String(status) };
      throw new TextGatewayUnavailable(`The gateway did not take the message: ${status}.`);
    },
    isReport: (messageId, proof) => {
      const own = Buffer.from(proofOf(messageId));
      const given = Buffer.from(proof);
      return own.length === given.length && timingSafeEqual(own, given);
    },
    close: () => client.close(),
  };
};
