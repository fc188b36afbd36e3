import type { Ports } from '../../../src/index';

/** What the city hall's own mail gateway takes. */
export type Message = { readonly id: string; readonly to: string; readonly subject: string; readonly text: string; readonly html: string };
/** Hands a message over; answers with an HTTP status. */
export type Post = (message: Message) => Promise<number>;

/** Letters leave through the gateway. A throw is tried again later, with back-off; a refusal is not. */
export const gatewayMailer = (post: Post): Ports['mailer'] => ({
  send: async ({ letterId, to, subject, text, html }) => {
    const status = await post({ id: letterId, to, subject, text, html });
    if (status >= 500) throw new Error(`The mail gateway answers ${status}.`);
    return status < 400 ? { kind: 'accepted' } : { kind: 'refused', reason: `gateway ${status}` };
  },
  // The gateway keeps no copy: there is nothing to delete when a person is erased.
  forget: () => Promise.resolve(0),
});
