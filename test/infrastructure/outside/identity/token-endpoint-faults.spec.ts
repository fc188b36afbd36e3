import { IssuerUnavailable } from '../../../../src/infrastructure/outside/identity/issuer-unavailable';
import { type Identity, openIdentity } from '../../../../src/infrastructure/outside/identity/open-identity';
import { providerSignIn, type ProviderSession } from '../../../../src/infrastructure/outside/identity/provider-sign-in';
import { fixedClock } from '@tichet-albastru/event-log/testing/fixed-clock';
import { silentLogger } from '../../../../src/infrastructure/testing/test-ports';
import { settingsFor } from '../../../support/issuer/identity-settings';
import { startTokenIssuer, type TokenIssuer } from '../../../support/issuer/token-issuer';
import { closing } from '../../../support/closing';

let issuer: TokenIssuer;
let identity: Identity;
beforeEach(async () => {
  issuer = await startTokenIssuer();
  identity = closing(openIdentity(settingsFor(issuer.url), { clock: fixedClock(), logger: silentLogger, watch: () => undefined }));
});

const session: ProviderSession = {
  official: { role: 'admin', person: 'p.admin' },
  issuer: 'https://id.example',
  subject: 'u-1',
  until: '2026-03-02T08:00:00.000Z',
  refreshToken: 'r',
};

describe('a token endpoint that answers nonsense', () => {
  it.each([
    [200, '', 'application/json'],
    [200, '[]', 'application/json'],
    [200, '<html>', 'text/html'],
    [204, '', 'application/json'],
    [205, '', 'application/json'],
    [302, '', 'text/html'],
    [304, '', 'application/json'],
    [400, 'no', 'text/plain'],
    [418, '', 'text/plain'],
  ])('lets nobody in and is no fault of ours: %i %j', async (status, body, type) => {
    issuer.behave((request, response, asIsRight) => {
      if (request.url === '/token') response.writeHead(status, { 'content-type': type, location: `${issuer.url}/elsewhere` }).end(body);
      else asIsRight();
    });
    const outcome = await providerSignIn(identity, silentLogger, { pseudonymOf: () => Promise.resolve('p.admin') })
      .refresh(session)
      .catch((error: unknown) => error);
    expect(outcome instanceof IssuerUnavailable || outcome).toEqual(outcome instanceof IssuerUnavailable ? true : { kind: 'refused' });
    expect(issuer.asked).not.toContain('/elsewhere');
  });
});
