import { databaseFault } from '@tichet-albastru/event-log/database/postgres/database-fault';

const failure = (message: string, code?: string): Error => Object.assign(new Error(message), code === undefined ? {} : { code });

describe('an error of the database', () => {
  it.each(['57P01', '57P03', '08006', '53300', '53100', '57014', '40001', '55P03', '25006', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'])(
    '%s passes with its cause',
    (code) => {
      expect(databaseFault(failure('secret of andrei@exemplu.ro', code))).toBe(code);
    },
  );

  it.each(['Connection terminated unexpectedly', 'Query read timeout', 'timeout exceeded when trying to connect'])(
    '"%s" is an outage',
    (message) => {
      expect(databaseFault(failure(message))).toBe('cut-off');
    },
  );

  it.each(['42601', '23505', '22021', '42P01', 'P0001', 'SQLITE_FULL'])('%s stays a bug', (code) => {
    expect(databaseFault(failure('x', code))).toBeUndefined();
  });
});
