import { localTokens } from '../../../src/infrastructure/outside/identity/local-tokens';
import { startSeeded, type Service } from '../../http/support/service';
import { browserOf } from '../../support/issuer/browser';

const pagesAt = 'http://127.0.0.1:1';
let service: Service;

beforeEach(async () => {
  service = await startSeeded({ cityHall: { publicUrl: pagesAt, meetingPlace: 'Sala 1' } });
});

const enteredFor = async (seconds: number) => {
  const token = await localTokens(new Uint8Array(32).fill(5), service.ports.clock).official({ role: 'auditor' }, seconds);
  const one = browserOf(service.app, pagesAt);
  const page = await one.go('/intra', { method: 'POST', fields: { token } });
  expect([page.status, page.url.pathname]).toEqual([200, '/audit']);
  return one;
};

describe('a browser that was let in with a token of our own', () => {
  it('is let in for as long as the token says, and no longer', async () => {
    const one = await enteredFor(10 * 60);
    service.ports.clock.advance({ minutes: 9 });
    expect((await one.go('/audit')).url.pathname).toBe('/audit');
    service.ports.clock.advance({ minutes: 1 });
    expect((await one.go('/audit')).url.pathname).toBe('/intra');
  });

  it('is let in for a working day by one that lives longer', async () => {
    const one = await enteredFor(90 * 86_400);
    service.ports.clock.advance({ minutes: 12 * 60 + 1 });
    expect((await one.go('/audit')).url.pathname).toBe('/intra');
  });
});
