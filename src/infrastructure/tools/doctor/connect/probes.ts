import { randomBytes } from 'node:crypto';
import { access, constants, readFile } from 'node:fs/promises';
import { Client } from 'pg';
import { defined } from '@tichet-albastru/kernel/defined';
import { addressOnly } from '@tichet-albastru/event-log/database/postgres/address-only';
import type { Behind } from '@tichet-albastru/event-log/database/postgres/open-pool';
import { openPoolAt } from '@tichet-albastru/event-log/database/postgres/open-pool-at';
import { type EventStoreDbCause, EventStoreDbUnusable } from '../../../log/event-store/eventstoredb/eventstoredb-unusable';
import { openEventStoreDb } from '../../../nest/open-stores';
import type { StoreSettings } from '../../../config/settings';
import { type ConnectionCause, type ConnectionFault, faultByCode, faultByStatus, faultOf } from '../../../outside/connection-fault';
import { createHttpClient, type HttpCall, type HttpLimits } from '../../../outside/http-client/http-client';
import { agentFor, pinnedAgent } from '../../../outside/http-client/pinned-agent';
import { unlessUnreachable } from '../../../outside/http-client/unreachable';
import type { RegistrySettings } from '../../../outside/document-system/registry-settings';
import type { WebexSettings } from '../../../outside/video/webex/webex-settings';
import type { WebhookSettings } from '../../../outside/webhooks/webhook-settings';
import { openTimeStampAuthority, type WitnessAt } from '../../../proof/outside-over-http';
import { AuthorityUnavailable, certificatesIn, readTimeStamp, timeStampOf, timeStampRequest } from '@tichet-albastru/signed-log';

/** `reached`: it answers, and whether it would do what we ask of it can only be seen when we ask. `mode`: who answers for a database. */
export type Probed = ConnectionFault | 'in-order' | 'reached' | { readonly mode: Behind };

type Asked = {
  readonly call: Omit<HttpCall, 'operation' | 'mayRepeat'>;
  readonly limits: HttpLimits;
  readonly agent?: ReturnType<typeof agentFor>;
  /** what to make of an answer */
  readonly read: (status: number) => Probed;
};

const overHttp = async (url: string, { call, limits, agent, read }: Asked): Promise<Probed> => {
  const client = createHttpClient('doctor', url, { limits, ...defined({ agent }) });
  try {
    const asked = client.ask({ ...call, operation: 'connect', mayRepeat: false }).then(({ status }) => read(status));
    return await unlessUnreachable(asked, ({ code }) => faultByCode(code));
  } finally {
    await client.close();
  }
};

const when =
  (well: (status: number) => boolean, as: 'in-order' | 'reached' = 'in-order') =>
  (status: number): Probed =>
    well(status) ? as : faultByStatus(status);

export const probeRegistry = async (registry: RegistrySettings & { kind: 'http' }, limits: HttpLimits): Promise<Probed> => {
  const token = await readFile(registry.tokenFile, 'utf8').catch(faultOf);
  if (typeof token !== 'string') return token;
  const headers = { authorization: `Bearer ${token.trim()}`, accept: 'application/json, application/problem+json' };
  return overHttp(registry.url, { call: { method: 'GET', path: '/health', headers }, limits, read: when((status) => status === 200) });
};

/** @param token the one that is good now; without it, Webex is asked as an unknown caller */
export const probeWebex = async ({ baseUrl }: WebexSettings, token: string | undefined, limits: HttpLimits): Promise<Probed> => {
  const headers = { accept: 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) };
  const read = token === undefined ? when((status) => status === 401, 'reached') : when((status) => status === 200);
  return overHttp(baseUrl, { call: { method: 'GET', path: '/meetings', query: { max: '1' }, headers }, limits, read });
};

/** What is no submission is refused by a witness as that, and nothing is cosigned. */
export const probeWitness = ({ url, private: ours }: WitnessAt, limits: HttpLimits): Promise<Probed> =>
  overHttp(url, {
    call: { method: 'POST', path: '/add-checkpoint', headers: { 'content-type': 'text/plain; charset=utf-8' }, body: 'tichet doctor\n' },
    limits,
    agent: agentFor(ours, limits.connect),
    read: when((status) => status === 400),
  });

/** Nothing is delivered: what a receiver of POST says to GET is its own affair, unless it fails. */
export const probeWebhook = ({ url, private: ours }: WebhookSettings, limits: HttpLimits): Promise<Probed> => {
  const { origin, pathname } = new URL(url);
  const read = when((status) => status < 500, 'reached');
  return overHttp(origin, { call: { method: 'GET', path: pathname }, limits, agent: agentFor(ours, limits.connect), read });
};

export const probeCalendarHost = (origin: string, permittedNetworks: readonly string[], limits: HttpLimits): Promise<Probed> =>
  overHttp(origin, {
    call: { method: 'GET', path: '/' },
    limits,
    agent: pinnedAgent({ permittedNetworks, connectMilliseconds: limits.connect }),
    read: when((status) => status < 500, 'reached'),
  });

export const probeTimeStamps = async (url: string, ca: string | undefined, limits: HttpLimits): Promise<Probed> => {
  const authority = openTimeStampAuthority(url, { limits });
  const text = 'tichet doctor\n';
  const asked = timeStampOf(text, randomBytes(8));
  try {
    const trusted = ca === undefined ? undefined : await certificatesIn(ca);
    const read = await readTimeStamp(await authority.ask(await timeStampRequest(asked)), asked, { text, ...defined({ trusted }) });
    return read.kind === 'stamped' ? 'in-order' : { cause: 'not-believed', code: read.reason };
  } catch (error) {
    if (!(error instanceof AuthorityUnavailable)) throw error;
    return /^\d{3}$/.test(error.reason) ? faultByStatus(Number(error.reason)) : faultByCode(error.reason);
  } finally {
    await authority.close();
  }
};

export const probeFolder = (folder: string): Promise<Probed> =>
  access(folder, constants.R_OK | constants.W_OK).then(() => 'in-order' as const, faultOf);

export const probePostgres = async (url: string, limits: HttpLimits): Promise<Probed> => {
  const { connectionString } = addressOnly(url);
  const client = new Client({ connectionString, connectionTimeoutMillis: limits.connect, query_timeout: limits.whole });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    const { pool, behind } = await openPoolAt({ url, purpose: 'doctor', most: 1 });
    await pool.end();
    return { mode: behind };
  } catch (error) {
    return faultOf(error);
  } finally {
    client.end().catch(() => undefined);
  }
};

const causesOfEventStoreDb: Readonly<Partial<Record<EventStoreDbCause, ConnectionCause>>> = {
  'speaks-plain': 'tls',
  'speaks-tls': 'tls',
  issuer: 'certificate',
  expired: 'certificate',
  'other-name': 'certificate',
  'not-authenticated': 'credentials',
  'access-denied': 'rights',
  'no-user': 'credentials',
  'no-leader': 'failing',
  'not-ready': 'failing',
  closed: 'cut-off',
};

/** As the service opens it; the sentence that it would say then is the doctor's as well. */
export const probeEventStoreDb = async (settings: StoreSettings, { whole }: HttpLimits): Promise<Probed> => {
  try {
    await (await openEventStoreDb(settings, { limit: whole })).close();
    return 'in-order';
  } catch (error) {
    if (!(error instanceof EventStoreDbUnusable)) throw error;
    const { cause, code } = error.because ?? { cause: 'failed', code: 'unknown' };
    return { cause: causesOfEventStoreDb[cause] ?? faultByCode(code).cause, code };
  }
};
