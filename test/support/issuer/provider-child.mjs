// A real OpenID provider for tests, in a process of its own: oidc-provider, with accounts that are named by how they sign in.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const { redirectUri, postLogoutUri, backChannelUri, clientSecret, accounts, idTokenSeconds, clients } = JSON.parse(
  process.env.TEST_PROVIDER ?? '{}',
);
const server = createServer();
await new Promise((resolve) => server.listen(Number(process.env.TEST_PROVIDER_PORT ?? 0), '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;
const audience = 'tichet-api';

/** Accounts may change while it runs: a line on standard input replaces them. */
let known = accounts;
const claimsOf = (id) => ({ sub: id, ...known[id] });

const pages = {
  client_id: 'tichet-pages',
  client_secret: clientSecret,
  redirect_uris: [redirectUri],
  post_logout_redirect_uris: [postLogoutUri],
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  ...(backChannelUri === undefined ? {} : { backchannel_logout_uri: backChannelUri, backchannel_logout_session_required: true }),
};

/** @type {import('oidc-provider').Configuration} */
const configuration = {
  clients: [
    pages,
    ...clients.map((client) => ({ ...pages, ...client })),
    {
      client_id: 'tichet-machine',
      client_secret: clientSecret,
      redirect_uris: [],
      grant_types: ['client_credentials'],
      response_types: [],
    },
  ],
  findAccount: (_, id) => (known[id] === undefined ? undefined : { accountId: id, claims: () => claimsOf(id) }),
  claims: { openid: ['sub', 'realm_access', 'staff_id'] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  issueRefreshToken: () => true,
  rotateRefreshToken: true,
  ttl: {
    IdToken: idTokenSeconds,
    AccessToken: 300,
    RefreshToken: 3600,
    Session: 3600,
    Grant: 3600,
    Interaction: 600,
    ClientCredentials: 300,
  },
  // it posts to nothing on this machine by itself, and here everything is on this machine
  fetch: (url, options) => globalThis.fetch(url, { ...options, dispatcher: undefined }),
  cookies: { keys: ['a key of the tests'] },
  features: {
    devInteractions: { enabled: true },
    rpInitiatedLogout: { enabled: true },
    backchannelLogout: { enabled: true },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: () => ({ scope: 'api', audience, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } } }),
      defaultResource: () => undefined,
      useGrantedResource: () => false,
    },
  },
  extraTokenClaims: (_, token) => (token.kind === 'ClientCredentials' ? { realm_access: { roles: ['ta-integrator'] } } : undefined),
};
const provider = new Provider(issuer, configuration);
server.on('request', provider.callback());

process.stdin.on('data', (chunk) => {
  for (const line of String(chunk).split('\n').filter(Boolean)) known = JSON.parse(line);
  process.stdout.write('{"changed":true}\n');
});
process.stdout.write(`${JSON.stringify({ issuer })}\n`);
