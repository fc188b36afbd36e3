import { pinoLogger } from '../../../src/infrastructure/telemetry/pino-logger';

const written = (values: Record<string, string | number | boolean | undefined>): Record<string, unknown> => {
  const lines: string[] = [];
  pinoLogger('info', { write: (line: string) => lines.push(line) }).info('something', values);
  return JSON.parse(lines[0] ?? '') as Record<string, unknown>;
};

describe('the journal', () => {
  it('writes one JSON line with the names that are allowed, and no other', () => {
    const line = written({ ticketId: '019c0000-0001-7000-8000-000000000000', count: 2, applicantName: 'Pop Ana', query: 'x', body: '{}' });
    expect(Object.keys(line).sort()).toEqual(['count', 'level', 'msg', 'ticketId', 'time']);
    expect(line).toMatchObject({ level: 'info', msg: 'something', count: 2 });
  });

  it.each(['ana.pop@exemplu.ro refused', 'call 0740 123 456 now', '+40740123456'])(
    'writes no person under an allowed name either: %s',
    (text) => {
      expect(written({ error: text })['error']).toBe('[…]');
    },
  );

  it('says which target of webhooks a line is about', () => {
    expect(written({ target: 'archive', reason: '410' })).toMatchObject({ target: 'archive', reason: '410' });
  });

  it('leaves identifiers and positions as they are', () => {
    expect(written({ position: '00000000000000000042', error: 'EADDRINUSE' })).toMatchObject({
      position: '00000000000000000042',
      error: 'EADDRINUSE',
    });
  });
});
