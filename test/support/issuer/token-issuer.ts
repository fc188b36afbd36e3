import { exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { serveHttp } from '../http-server';

type Pair = Awaited<ReturnType<typeof generateKeyPair>>;
type Behaviour = (request: IncomingMessage, response: ServerResponse, asIsRight: () => void) => void;

/** A provider over real sockets, as far as programs need one: its document, its keys, and whatever it is told to do wrong. */
export type TokenIssuer = {
  readonly url: string;
  /** paths that were asked for, in their order */
  readonly asked: string[];
  /** Signs whatever it is given; `kid` and `typ` as a good token has them, unless said otherwise. */
  sign(payload: JWTPayload, header?: Readonly<Record<string, unknown>>): Promise<string>;
  /** what everybody can read: the public key as text */
  publicKeyText(): Promise<string>;
  /** From now on another key signs, and stands beside the old one. */
  rotate(): Promise<void>;
  /** Answers to every question from now on; `undefined`: as is right. */
  behave(behaviour?: Behaviour): void;
  /** No connection is taken any more; again at the same address after `comeBack`. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  close(): Promise<void>;
};

/** @param alg keys for RS256 take long to make */
export const startTokenIssuer = async (alg: 'RS256' | 'ES256' = 'ES256'): Promise<TokenIssuer> => {
  const pairs: (Pair & { readonly kid: string })[] = [];
  const rotate = async (): Promise<void> => {
    pairs.push({ ...(await generateKeyPair(alg, { extractable: true })), kid: `key-${pairs.length + 1}` });
  };
  await rotate();
  const newest = () => {
    const pair = pairs.at(-1);
    if (pair === undefined) throw new Error('no key');
    return pair;
  };
  const asked: string[] = [];
  let behaviour: Behaviour | undefined;
  let url = '';
  const documentOf = async (path: string | undefined): Promise<object | undefined> => {
    if (path === '/keys')
      return { keys: await Promise.all(pairs.map(async ({ publicKey, kid }) => ({ ...(await exportJWK(publicKey)), kid, use: 'sig' }))) };
    if (path !== '/.well-known/openid-configuration') return undefined;
    return {
      issuer: url,
      jwks_uri: `${url}/keys`,
      authorization_endpoint: `${url}/auth`,
      token_endpoint: `${url}/token`,
      end_session_endpoint: `${url}/end`,
    };
  };
  const asIsRight = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const document = await documentOf(request.url);
    response.writeHead(document === undefined ? 404 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(document ?? {}));
  };
  const server = await serveHttp((request, response) => {
    asked.push(request.url ?? '');
    const right = (): void => void asIsRight(request, response);
    if (behaviour === undefined) right();
    else behaviour(request, response, right);
  });
  ({ url } = server);
  return {
    url,
    asked,
    sign: async (payload, header = {}) => {
      const { privateKey, kid } = newest();
      return new SignJWT(payload).setProtectedHeader({ alg, typ: 'at+jwt', kid, ...header }).sign(privateKey);
    },
    publicKeyText: () => exportSPKI(newest().publicKey),
    rotate,
    behave: (next) => {
      behaviour = next;
    },
    goAway: server.down,
    comeBack: server.up,
    close: server.close,
  };
};
