import { createHmac, timingSafeEqual } from 'node:crypto';
import { defined } from '@tichet-albastru/kernel/defined';
import { hintedMeeting } from './webex-answers';

/**
 * `refused`: not signed with the secret. Otherwise which meeting there may be news of, if any; nothing else of the body is looked at, and
 * what it says is asked again over the interface.
 */
export type WebhookHints = (body: Buffer, signature: string | undefined) => 'refused' | { readonly meetingId?: string };

const signatureForm = /^[\da-f]{40}$/i;

/** @param secret the one that the webhook was registered with */
export const createWebhookHints =
  (secret: string): WebhookHints =>
  (body, signature = '') => {
    // Webex signs with SHA-1 (X-Spark-Signature); as an HMAC it still holds.
    const right = createHmac('sha1', secret).update(body).digest();
    if (!signatureForm.test(signature) || !timingSafeEqual(Buffer.from(signature, 'hex'), right)) return 'refused';
    try {
      const meetingId = hintedMeeting(body.toString('utf8'));
      return defined({ meetingId });
    } catch {
      return {};
    }
  };
