import type { CivilDate } from '../../../domain/kernel/fact';
import type { ConnectedDocument } from '../../../domain/ticket/filing-confirmation';
import type { AnswerChannel, RequestIdentity, RequestStatus } from '../../../domain/request/facts';

/**
 * The document system cannot say, or not now: it is not there, too slow, asked too often, or its answer cannot be read. The error holds
 * nothing personal.
 */
export class RegisterUnavailable extends Error {
  override readonly name = 'RegisterUnavailable';
  /** @param reason a name of ours: `no-answer`, `rate-limited`, `unauthenticated` */
  constructor(
    readonly operation: string,
    readonly reason: string,
    /** it asked to be left alone for so long */
    readonly retryAfterSeconds?: number,
  ) {
    super(`The document register has not answered to ${operation}: ${reason}.`);
  }
}

/** The resolution, to become a document connected to the request. */
type DocumentToFile = {
  /** stable: what is filed for this ticket again is the same document */
  readonly ticketId: string;
  /** the number of the amendment, which is a document of its own; left out, the resolution itself */
  readonly amendment?: number;
  readonly request: RequestIdentity;
  readonly conclusions: string;
  readonly issuedAt: string;
};

/** `byHand`: a person must make it, because that is how it is done here (`manual`) or because it was turned down (`refused`). */
export type Filed = { readonly documentNumber: string } | { readonly byHand: 'manual' | 'refused' };

/** Where the resolution becomes a document connected to the request (Art. 7). */
export type DocumentRegister = {
  /** `local`: nothing leaves this service; `manual`: a person enters the document elsewhere; left out, it is given to another system */
  readonly kind?: 'local' | 'manual';
  /** Files once per ticket and amendment: the same again answers the same number. @throws RegisterUnavailable, or anything, when it cannot say now */
  file(document: DocumentToFile): Promise<Filed>;
  /**
   * All documents that stand with this request, of every author; `undefined` where the register does not know the request. Left out: this
   * register cannot be asked that, and no auditor is told that it could have confirmed a number that a person typed (C14).
   * @throws RegisterUnavailable when it cannot say now
   */
  connected?(request: RequestIdentity): Promise<readonly ConnectedDocument[] | undefined>;
};

/** What the register says to have told with a mistake: `withdrawn`, it never reached the applicant. */
export type ReportedMistake = {
  readonly mistake: 'corrected' | 'withdrawn';
  /** the number under which it was told; left out, the same */
  readonly ofDocument?: string;
  readonly reason: string;
};
type ReportedAnswer = {
  readonly documentNumber: string;
  readonly communicatedOn: CivilDate;
  readonly channel: AnswerChannel;
  /** left out: the handler */
  readonly answeredBy?: string;
  readonly mistaken?: ReportedMistake;
};
/** A request as the document register has it now. The name and the subject are in clear: it exists in memory only. */
export type ReportedRequest = RequestIdentity & {
  readonly applicantName: string;
  readonly subject?: string;
  readonly department?: string;
  readonly departmentCode?: string;
  readonly handlerStaffId: string;
  readonly status: RequestStatus;
  /** another name is the same applicant's: a mistake, a marriage (A29) */
  readonly applicantChange?: 'corrected';
  /** all that were ever communicated, oldest first, those with a mistake among them */
  readonly answers: readonly ReportedAnswer[];
  /** rises with every change */
  readonly version: number;
};

/** What the register answered. `unusable`: no person could make sense of it either; `field` is what was wrong first. */
export type RequestReading =
  | { readonly kind: 'told'; readonly request: ReportedRequest; readonly etag?: string }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'no-such-request' }
  | { readonly kind: 'unusable'; readonly field: string };

/** A register that is asked. */
export type AskedRegister = {
  readonly kind: 'asked';
  /** how long a request may be used as it was told last, without asking again */
  readonly freshMinutes: number;
  /** how often the service asks for a request about which a meeting is still possible */
  readonly pollMinutes: number;
  /**
   * Art. 3 b: the three data that a citizen gave. It must not be stricter about the name than the procedure is.
   * @throws RegisterUnavailable when it cannot say now
   */
  verify(asked: RequestIdentity & { readonly applicantName: string }): Promise<RequestReading>;
  /**
   * @param etag of the reading before, so that nothing is told twice
   * @throws RegisterUnavailable when it cannot say now
   */
  read(request: RequestIdentity, etag?: string): Promise<RequestReading>;
};

/** Where registered requests come from (Art. 1, 2). `told-to-us`: by import and over HTTP, and no register is asked. */
export type RequestRegister = { readonly kind: 'told-to-us' } | AskedRegister;
