import { createHmac, timingSafeEqual } from 'node:crypto';
import { defined } from '@tichet-albastru/kernel/defined';
import type { TextMessages } from 'tichet-albastru/internal/application/kernel/ports/text-messages';
import { createHttpClient, type HttpLimits, type HttpWatch } from 'tichet-albastru/internal/infrastructure/outside/http-client/http-client';
import type { TextMessageSettings } from 'tichet-albastru/internal/infrastructure/outside/text-messages/text-message-settings';

/** The gateway did not take the message now; another attempt may be. Never says to whom. */
class TextGatewayUnavailable extends Error {
  override readonly name = 'TextGatewayUnavailable';
}

/** 1 delivered, 2 not delivered, 16 refused by the centre: those that end the matter. */
const wantedReports = 1 + 2 + 16;
const proofLength = 32;

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
