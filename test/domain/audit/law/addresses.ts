import type { Instant } from '../../../../src/domain/kernel/fact';
import { personal } from '../../../../src/domain/kernel/personal-text';
import { policiesWith } from '../../../../src/domain/policies';
import { plusMinutes } from '../../../../src/domain/time/civil-time';
import type { TicketEntry } from '../../../support/plot';

const email = personal('contact', 'noua@exemplu.ro');

/** Another e-mail address, to which code n goes. */
export const addressAsked = (n: number, at: Instant, policies = policiesWith()): TicketEntry => {
  const expiresAt = plusMinutes(at, policies.verification.value.validMinutes);
  const stamps = [policies.verification, policies['code-interval']];
  return [at, { type: 'ContactCorrectionRequested', data: { n, email, issuedAt: at, expiresAt, policies: stamps } }];
};

/** Letters go there from here on; by this code, or by none. */
export const addressHolds = (at: Instant, n: number | undefined): TicketEntry => [
  at,
  { type: 'ContactCorrected', data: { email, correctedAt: at, ...(n === undefined ? {} : { n, codeExpiresAt: plusMinutes(at, 10) }) } },
];

export const phoneHolds = (at: Instant): TicketEntry => [
  at,
  { type: 'ContactCorrected', data: { phone: personal('contact', '0745 999 111'), correctedAt: at } },
];
