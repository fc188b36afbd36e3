/** What a booking through the host’s application gives, wherever it runs. */
export const booked = {
  found: 200,
  unknownMember: [400, 'application/problem+json', 'invalid'],
  ofTheHost: { any: 'thing' },
  requested: 'done',
  verified: 'done',
  heard: ['Requested', 'VerificationCodeIssued', 'EmailVerified', 'Scheduled'],
  /** the host's own table, followed and filled anew */
  ownTable: [{ staffId: 'f02', requests: 1 }],
  ownRebuilt: ['switched'],
  style: 200,
  metrics: 200,
  /** nobody mounts it unasked */
  document: 404,
};
