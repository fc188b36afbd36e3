import type { RequestIdentity } from '../../../domain/request/facts';

/** The resolution, to become a document connected to the request. */
export type DocumentToFile = {
  /** stable: what is filed for this ticket again is the same document */
  readonly ticketId: string;
  readonly request: RequestIdentity;
  readonly conclusions: string;
  readonly issuedAt: string;
};

/** `byHand`: a person must make it, because that is how it is done here (`manual`) or because it was turned down (`refused`). */
export type Filed = { readonly documentNumber: string } | { readonly byHand: 'manual' | 'refused' };

/** Where the resolution becomes a document connected to the request (Art. 7). */
export type DocumentRegister = {
  /** Files once per ticket: the same ticket again answers the same number. @throws RegisterUnavailable, or anything, when it cannot say now */
  file(document: DocumentToFile): Promise<Filed>;
};
