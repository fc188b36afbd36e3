import type { RequestIdentity } from '../../domain/request/facts';

/** Where the resolution becomes a document connected to the request (Art. 7). */
export type DocumentRegister = {
  /** Files once per ticket: the same ticket again answers the same number. @throws when it cannot say now */
  file(document: {
    readonly ticketId: string;
    readonly request: RequestIdentity;
    readonly conclusions: string;
    readonly issuedAt: string;
  }): Promise<{ readonly documentNumber: string }>;
};
