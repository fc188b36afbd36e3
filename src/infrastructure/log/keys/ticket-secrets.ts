import { ticketStream } from '../../../domain/ticket/facts';

const kind = 'manage:';

/** The name of the secret on which the manage token of a ticket rests: of chance, destroyed with the ticket's contact data. */
export const secretOfTicket = (ticketId: string): string => `${kind}${ticketStream(ticketId)}`;
export const secretOfStream = (stream: string): string => `${kind}${stream}`;
export const isSecretOfTicket = (name: string): boolean => name.startsWith(kind);
